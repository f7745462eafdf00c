"""The owner's text of an edition: a file's bytes to text, a text to clauses, two texts to what differs."""
