"""Who gets which answer at which address: the table, the world that it is asked in, and what walks the URLconf."""
