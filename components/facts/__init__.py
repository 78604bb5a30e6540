"""Facts: the data folder, declared, read, checked, and as known on a day.

May import: basics.
"""
