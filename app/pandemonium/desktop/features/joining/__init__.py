"""What stands behind the cursor: Continue leads to it, and a sentence between two others finds other words."""
