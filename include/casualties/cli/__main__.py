"""``python -m casualties.cli``, where the command is not on the path."""

from casualties.cli import main

main()
