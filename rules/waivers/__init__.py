"""What was accepted is still meant."""
