"""Files that leave the dashboard, each of which stands alone."""
