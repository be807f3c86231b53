"""The pages of the officials, in the order of their work."""
