"""The writing aids: what is done for the writer as she types, and what is put out of her sight."""
