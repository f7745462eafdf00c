"""MESPACE Support: a support desk whose promises can be recomputed by anyone."""
