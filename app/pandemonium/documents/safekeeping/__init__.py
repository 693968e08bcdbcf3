"""Never lose a word: earlier versions, autosaves, locks between windows, and a look at the disk before overwriting."""
