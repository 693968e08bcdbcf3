"""The base voice: from a corpus to the voice that comes with the program, by one command."""
