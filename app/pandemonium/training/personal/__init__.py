"""A personal training: the plan, the loop, the evaluation report and the voice."""
