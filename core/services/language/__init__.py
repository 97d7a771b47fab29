"""How sentences are read: words, names and slots; each language is data."""
