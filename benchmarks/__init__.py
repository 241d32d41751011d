"""How fast sayso reads, beside its peers, on the same articles in one run."""
