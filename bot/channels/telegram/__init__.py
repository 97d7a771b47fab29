"""Telegram: private chats, groups and their topics, commands, buttons and forms, by long polling or a webhook."""
