"""What a voice has read: the text before the cursor, the state behind it, what is kept on disk, memory of the draft."""
