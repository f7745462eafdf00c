"""Onboarding (clauses 3.1, 4.2): the responsible employees whom a contract names get their access in time."""
