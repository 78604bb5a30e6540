"""Exhibits: one file for each chart or map, what they share, and the registry that finds them.

May import: basics, drawing, facts, views, words.
"""
