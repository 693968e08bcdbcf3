"""Word's docx as a document that is opened, edited and saved: what the page does not show stays as it was."""
