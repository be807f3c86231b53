"""What people do with an election: one verb a function, handed an open transaction, never opening one.

The stations are those of ``election``: contest, roll, credentials, trustees, definition, ballots, tally, result, seats.
"""
