"""The likeliest next words, in a small list at the cursor."""
