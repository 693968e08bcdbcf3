"""Looks inside: the map of what a voice did not expect, and what is worn in a draft."""
