"""Pandemonium: an offline writing desk that goes on in a small LSTM's voice."""

__version__ = "0.1.0"
