"""The rules of Skillwarden, each stated by a test."""
