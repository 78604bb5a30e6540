"""UI: what pages are assembled from; the only code that draws on the screen.

May import: basics, drawing, facts, views, words, subjects, exhibits, exports.
"""
