"""The part that touches the world: command line, channels, installers and integrations."""
