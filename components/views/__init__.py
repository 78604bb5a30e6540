"""Views: the data under one filter, added up; filters, links and the list of pages.

May import: basics, facts.
"""
