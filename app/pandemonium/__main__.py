"""The one entry of the program: `pandemonium`, `python -m pandemonium` and the frozen build start here."""

from __future__ import annotations

import sys

from pandemonium.cli.main import main

if __name__ == "__main__":
    sys.exit(main())
