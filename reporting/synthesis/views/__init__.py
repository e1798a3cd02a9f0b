"""The synthesis desk: the overview, and the page where one text is written."""
