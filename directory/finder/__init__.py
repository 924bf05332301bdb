"""The ways to a doctor, and the lists of who is found."""
