"""What the directory manager does by hand; each asks who may do it."""
