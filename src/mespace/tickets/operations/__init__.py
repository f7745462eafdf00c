"""Every act on a ticket, one verb a file. Nothing else writes tickets."""
