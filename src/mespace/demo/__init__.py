"""A made-up world to look at: a vendor, three factories and months of their tickets, made by the real operations."""
