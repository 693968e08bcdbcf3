"""The laboratory: what makes and measures the bundled voices and the house; not installed."""
