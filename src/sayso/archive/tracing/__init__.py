"""One utterance through every article that carries it."""
