"""Exhibits: one file for each chart and map, which holds everything of it.

May import: basics, drawing, facts, views, words.
"""
