"""The mixing desk: voices mixed, words wanted and unwanted, presets of one's own."""
