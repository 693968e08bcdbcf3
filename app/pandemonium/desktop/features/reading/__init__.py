"""Has the voice read the manuscript while nothing else is asked of it, and goes to what it recalled of it."""
