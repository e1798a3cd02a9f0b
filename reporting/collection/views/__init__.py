"""The pages of the year, one file per audience."""
