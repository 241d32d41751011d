"""Who may use an archive's desk and API: users, sessions, tokens, and the log of what they did.

Invariant: no secret is kept. Of a password there is an Argon2id hash, of a session and a token the SHA-256 of a random
number of 256 bits; none of them is in what these modules return, but for a new secret, once.
"""
