"""Training in the window: the wizard, the child process that learns, and watching it."""
