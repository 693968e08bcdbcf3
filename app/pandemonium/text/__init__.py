"""Plain text: cleaning, typography, sentences, counting; knows nothing of files or voices."""
