"""What officers do with leads (working.py) and with lists of new sums (recomputing.py)."""
