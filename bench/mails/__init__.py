"""How right is the linter? Two hundred mails by someone who had not seen its rules at work."""
