"""What every answer over HTTP carries, whoever made it."""
