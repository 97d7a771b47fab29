"""``python -m bot`` is ``skillwarden``."""

from bot.cli import main

main()
