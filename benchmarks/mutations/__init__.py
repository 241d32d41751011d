"""Quotes bent on purpose, each with the verdict that is right for it: the exam of `sayso.checks`.

Invariant: what is right for a case follows from how it was made and from the contract of the verdicts, never from what
the judge says; nothing here imports the judge's lists.
"""
