"""How well a voice foresees texts, and how two voices compare."""
