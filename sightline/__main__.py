"""Lets ``python -m sightline`` do what the command ``sightline`` does."""

import sys

from sightline.cli.main import main

if __name__ == "__main__":
    sys.exit(main())
