"""Help that needs no network: the guide, and what this program is."""
