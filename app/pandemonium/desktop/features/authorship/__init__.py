"""Who wrote what, in the window: the share of the voices, their passages, and what the writer can do with them."""
