"""Setup: what ``skillwarden init`` asks, checks and writes."""
