"""Continuing: runtimes, reading state, sampling, memory of the draft, and the thread that does it."""
