"""What this machine does with a voice, measured beside an alternative in the same run."""
