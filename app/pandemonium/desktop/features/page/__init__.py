"""The page itself: undo, the clipboard, zoom, paper and type."""
