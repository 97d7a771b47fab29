"""Message catalogues: the bot's sentences in other languages than English, and what reads them."""
