"""`python -m jianbao` is the same program as the console script."""

from jianbao.cli import main

if __name__ == "__main__":
    raise SystemExit(main())
