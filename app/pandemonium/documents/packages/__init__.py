"""Zip files full of XML, as docx, odt and epub are: opened within bounds, rescued, written back part by part."""
