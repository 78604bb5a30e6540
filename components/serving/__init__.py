"""Serving: the server around the pages: compression, API, feed, safety, health.

May import: basics, views, words, subjects, exhibits, exports, ui.
"""
