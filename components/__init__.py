"""The dashboard, in folders from what is known to what is shown; each says what it may import."""
