"""Facts: the data folder: its schema, loading, checks, and the data as known on a past day.

May import: basics.
"""
