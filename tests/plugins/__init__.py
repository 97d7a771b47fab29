"""What the suite adds to pytest."""
