"""What is remembered between requests. The only package that imports sqlalchemy.

The promise kept here: no row joins a voter's name to a credential, a ballot or a tracker.
"""
