"""`python -m speeches_cli`: the same program as `speeches`."""

from speeches_cli.cli import main

if __name__ == "__main__":
    main()
