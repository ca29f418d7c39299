"""剪报 Jianbao: from scanned newspaper text to a static, searchable archive."""

__version__ = "0.1.0"
