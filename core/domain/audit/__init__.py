"""The audit record's arithmetic and its checks, on the standard library alone: a stranger can read all of it."""
