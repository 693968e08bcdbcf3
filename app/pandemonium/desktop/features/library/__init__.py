"""The voice library in the window, and which voice belongs to which document."""
