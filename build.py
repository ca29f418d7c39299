"""`python build.py` builds the archive in this folder; `python build.py ARGS` equals `jianbao ARGS`."""

import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent / "src"))

from jianbao.cli import main

if __name__ == "__main__":
    raise SystemExit(main())
