"""The calendars and editions that are shipped with the product, read without Django and without a database."""
