"""Groups, hashing, ElGamal, proofs: no word of elections, each function under its section of the specification."""
