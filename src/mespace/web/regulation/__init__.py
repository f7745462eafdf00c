"""The regulation for everybody whom it binds: editions, clauses, what differs; and the managers' way to publish one."""
