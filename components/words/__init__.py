"""Words: every sentence and standing text, with the figures of a view filled in.

May import: basics, facts, views.
"""
