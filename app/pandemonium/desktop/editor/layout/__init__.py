"""The page, set a paragraph at a time: those in view now, the heights of the others beside the writer."""
