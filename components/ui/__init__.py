"""What pages are assembled from; the only code that draws."""
