"""The archive folder on disk: every file is read and written here, whole or not at all."""
