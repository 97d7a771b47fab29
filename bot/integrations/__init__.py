"""Everything outside that is neither a chat nor a provider: git, secret stores, language models, files."""
