"""Word processors' files that are patched: what was not edited comes back out as it went in."""
