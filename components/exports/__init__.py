"""Exports: files to save: rows, pictures, briefing, state sheet, everything as one ZIP.

May import: basics, drawing, facts, views, words, subjects, exhibits.
"""
