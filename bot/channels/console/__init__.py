"""The console: one terminal that several demo people share."""
