"""The steps of a request, in the order the dispatcher takes them."""
