"""Documents and their files: opening, saving, exporting, and what is asked on the way."""
