"""Reading a writer's files, one module a format, as plain text with its paragraphs."""
