"""The window itself: the main window, the status bar, the message bar, the menus, and the questions it asks."""
