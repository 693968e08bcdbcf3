"""What the window does so that no word is lost: autosave, recovery, earlier versions, an eye on the file."""
