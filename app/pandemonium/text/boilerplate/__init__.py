"""Cuts from a text what its author did not write, a module for each kind of source; `cutting` runs them all."""
