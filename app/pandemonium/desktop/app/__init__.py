"""Starts the window and puts it together out of its features."""
