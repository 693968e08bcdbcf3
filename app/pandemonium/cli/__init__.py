"""The command line: one entry and one sub-command a file, each imported only when it is asked for."""
