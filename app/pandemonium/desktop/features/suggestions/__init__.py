"""Suggests the next words in grey at the cursor."""
