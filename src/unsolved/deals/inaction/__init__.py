"""What it costs that nothing changes."""
