"""What the tests stand on: a PostgreSQL, clones of a migrated database, a server of HTTP."""
