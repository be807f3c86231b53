"""Pure counting rules: numbers in, an order out, exact and without chance."""
