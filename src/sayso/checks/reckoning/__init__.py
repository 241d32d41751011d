"""What figures of one article come to when they are reckoned with: a file for each family of rules.

Every family takes sentences with slots for their figures (`sentences.py`), finds what belongs together by the patterns
of patterns.tsv, and reckons with amounts that know how exactly they are printed (`amounts.py`).
"""
