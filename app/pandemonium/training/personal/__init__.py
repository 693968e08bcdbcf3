"""A personal training: the plan, the loop, the verdict and the voice."""
