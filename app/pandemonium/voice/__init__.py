"""A voice as a file and as an object: tokenizer, architecture, int8 weights, card."""
