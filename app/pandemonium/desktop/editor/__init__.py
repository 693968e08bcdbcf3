"""The page: the editor, the document model beside it, its layout, and what is painted on it."""
