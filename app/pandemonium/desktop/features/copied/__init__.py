"""What a voice wrote as it stands in the texts that it learned from: underlined, and named where it is known."""
