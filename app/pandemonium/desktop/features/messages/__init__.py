"""What the window has to say above the page."""
