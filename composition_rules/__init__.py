"""Who must sit in a council: mandates, councils, and what a council still lacks."""
