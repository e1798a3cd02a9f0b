"""Data files written by people: read strictly, compared with the database, applied as a whole or not at all."""
