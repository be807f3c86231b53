"""The demonstration: two elections of Norddjurs, one finished and one open, made through the ordinary use cases."""
