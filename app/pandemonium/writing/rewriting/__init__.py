"""Says a passage in other words."""
