"""Speakers over articles: who is whom, decided by rules on their names and by what users say."""
