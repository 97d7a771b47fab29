"""Doctor: what ``skillwarden doctor`` looks at. It changes nothing, and works while the bot runs."""
