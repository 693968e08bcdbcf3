"""A document's content as values: passages, paragraphs, the history of edits; knows nothing of files."""
