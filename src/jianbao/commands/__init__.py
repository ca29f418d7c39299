"""The sub-commands, for those who build the archive and for those who correct it."""
