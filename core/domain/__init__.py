"""Frozen values and the rules about them."""
