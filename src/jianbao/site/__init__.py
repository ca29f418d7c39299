"""The generated site: archive → views → pages."""
