"""Recipes: the systems of the published write-ups, and a writer's own, as files that a training follows."""
