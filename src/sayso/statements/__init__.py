"""Statements: what each attribution commits to, which attributions are one utterance, and how utterances relate."""
