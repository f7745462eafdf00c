"""The pure heart of the regulation: working time and verdicts, on the standard library alone and without a clock."""
