"""Stand-ins for the platforms Skillwarden talks to, strict where the real ones are."""
