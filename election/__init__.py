"""One direct election, from the contest to the certified result. Pure: no web, no database, no clock."""
