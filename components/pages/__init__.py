"""Pages: scripts that read like their own table of contents, one for each page.

May import: basics, views, words, subjects, exhibits, ui.
"""
