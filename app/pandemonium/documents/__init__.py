"""The writer's files: reading and writing each format, safe saving, one history, and who wrote what."""
