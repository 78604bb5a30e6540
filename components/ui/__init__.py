"""UI: what pages are assembled from; the only code that draws, in the app or as plain HTML.

May import: basics, drawing, facts, views, words, subjects, exhibits, exports.
"""
