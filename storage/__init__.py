"""The part that remembers: tables, repositories and the unit of work, private to this package."""
