"""What one may ask about documents, organisations, people, records and sources."""
