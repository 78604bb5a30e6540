"""Basics: what all else is written with: amounts, dates, numbers, states, outlines, colours.

May import: nothing.
"""
