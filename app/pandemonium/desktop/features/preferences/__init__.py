"""Preferences: one calm window with every setting that a writer would touch, applied as it is changed."""
