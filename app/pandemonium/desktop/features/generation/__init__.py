"""What the voice does on the page: Continue, Stop, Retry, attempts; the writing thread; which voice it is."""
