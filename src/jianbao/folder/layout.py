"""What lies where in an archive folder, besides what people put there (see the README)."""

from __future__ import annotations

from typing import Final

WORK: Final = ".jianbao"  # caches, safe to delete at any time; below it:
CACHE: Final = "cache.sqlite"
SEARCH: Final = "search"
BYTECODE: Final = "templates"  # compiled ones

RECORD_ENDING: Final = ".parsed.json"  # of the machine's reading, beside its scan
