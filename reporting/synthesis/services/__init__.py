"""What the desk does: save a text, tell which texts are stale, give the desk its rows."""
