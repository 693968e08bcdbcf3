"""What a writer can do with the window, one folder each."""
