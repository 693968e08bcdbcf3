"""Paper, ink, icons and fonts."""
