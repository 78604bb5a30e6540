"""The server around the pages: compression, data for programs, safety, health."""
