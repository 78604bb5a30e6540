"""Basics: what all layers build on: amounts, dates, numbers, states, outlines, colours.

May import: nothing.
"""
