"""From prose to what a training learns from: what is held out, and sub-words packed small."""
