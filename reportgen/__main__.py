"""``python -m reportgen`` does what the command ``reportgen`` does."""

from reportgen.cli.entry import main

if __name__ == "__main__":
    main()
