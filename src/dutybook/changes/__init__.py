"""What changed between two books, two positions: typed changes with their places; pure."""
