"""The PostgreSQL that the product carries with it for a trial and for tests, under our own supervision."""
