"""Several continuations beside the page to choose from, in sight where they would stand; earlier ones, and recipes."""
