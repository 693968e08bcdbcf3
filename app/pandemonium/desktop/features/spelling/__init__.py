"""Spelling on the page: marks, suggestions, languages, and the writer's own words."""
