"""Training a base voice on a rented GPU: what to carry there, and the one script that runs there."""
