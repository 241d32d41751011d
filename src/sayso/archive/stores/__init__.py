"""The databases an archive can lie in: what all of them do, and each in a file of its own."""
