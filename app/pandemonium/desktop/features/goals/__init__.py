"""Goals: how much the writer has written today and in this sitting, said quietly."""
