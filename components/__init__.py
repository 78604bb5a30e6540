"""What the dashboard knows and computes, apart from any screen."""
