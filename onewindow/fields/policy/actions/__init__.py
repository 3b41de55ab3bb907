"""The acts of a proposal, in the order in which they happen: drafting, simulating, deciding."""
