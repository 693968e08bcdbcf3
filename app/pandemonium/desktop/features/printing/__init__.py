"""The document on paper: pages, PDF, printers."""
