"""Writes a text: token by token, several candidates a sentence, their judge, and towards the text that follows."""
