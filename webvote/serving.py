"""The web server, told how much of a stranger's bytes to take and to keep poll cards out of temporary files."""

from __future__ import annotations

import waitress
from flask import Flask

from webvote.security import LARGEST_FILE

# A larger answer waits in a temporary file, and the PDF of the cards holds secret codes. An archive comes in small
# pieces, of which few wait at a time.
LARGEST_ANSWER_IN_MEMORY = 2**30
SERVER_LIMITS = {
    "max_request_body_size": LARGEST_FILE + 2**20,
    "outbuf_overflow": LARGEST_ANSWER_IN_MEMORY,
    "ident": None,
}


def serve(application: Flask, *, host: str, port: int, threads: int) -> None:
    """Answer requests until the process is stopped."""
    waitress.serve(application, host=host, port=port, threads=threads, **SERVER_LIMITS)
