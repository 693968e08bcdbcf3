"""A page to share: a voice that writes in a browser, out of a folder of files and nothing else."""
