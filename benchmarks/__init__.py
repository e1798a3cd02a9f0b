"""What the portal costs, one question per file; each figure with its ratio to what a user would pick instead."""
