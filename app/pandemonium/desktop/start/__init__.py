"""How the program comes up: Qt and the loop, one window for all, and those who hand it a file."""
