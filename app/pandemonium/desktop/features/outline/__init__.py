"""The outline: a manuscript's headings beside the page, with the words of each chapter."""
