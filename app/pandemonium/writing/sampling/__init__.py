"""From logits to the token that is drawn: the chain of samplers, and what each of them knows of the text."""
