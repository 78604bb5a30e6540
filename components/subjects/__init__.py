"""Subjects: what there is on one project, one state, a list, or between two days.

May import: basics, facts, views, words.
"""
