"""What is near the top fits."""
