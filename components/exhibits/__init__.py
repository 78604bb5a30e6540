"""Exhibits: one file for each chart or map, with everything that belongs to it.

May import: basics, drawing, facts, views, words.
"""
