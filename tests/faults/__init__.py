"""Processes are killed on purpose, and what was acknowledged is counted."""
