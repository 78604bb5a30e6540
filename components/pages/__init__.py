"""Scripts that read like their own table of contents, one per page."""
