"""Slack: messages, mentions, commands, buttons and forms, over Socket Mode or HTTP."""
