"""Edition: the whole dashboard as plain files for any web host, drawn by the pages' own scripts.

May import: basics, facts, views, words, subjects, exhibits, exports, ui, serving.
"""
