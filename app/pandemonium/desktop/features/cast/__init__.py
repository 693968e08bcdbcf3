"""The cast: people, places and things of a draft beside the page, and who is in the scene."""
