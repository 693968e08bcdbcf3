"""Finding and replacing on the page."""
