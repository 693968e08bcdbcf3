"""What every part of the window stands on: commands, settings in force, theme, icons, fonts, background work."""
