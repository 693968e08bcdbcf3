"""The panel beside the page: presets, sliders, and the fold with the finer settings."""
