"""What lies outside the process: the clock, documents."""
