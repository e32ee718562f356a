"""`python -m backlint` is `backlint`."""

from backlint.cli import main

main()
