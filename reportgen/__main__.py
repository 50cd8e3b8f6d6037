"""``python -m reportgen`` does what the command ``reportgen`` does."""

from __future__ import annotations

import sys
from typing import NoReturn


def main() -> NoReturn:
    """Run the program; Ctrl-C while it is still being loaded ends it as quietly as later."""
    try:
        from reportgen.cli.entry import main as run

        run()
    except KeyboardInterrupt:
        sys.exit(130)


if __name__ == "__main__":
    main()
