"""From folders to prose: which files there are, which are worth keeping, and what they say."""
