"""Words: sentences and notes that several places use, and standing texts, filled in from a view.

May import: basics, facts, views.
"""
