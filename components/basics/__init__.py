"""Basics: what all layers build on: messages, amounts, dates, states, outlines, colours.

May import: nothing.
"""
