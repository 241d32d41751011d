"""sayso reads a news article and puts on record who said what."""
