"""What a voice tells of a draft: the likeliest next words, what surprises it, what is worn, what is copied."""
