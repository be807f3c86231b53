"""The one error of this package: an act that is refused, with a code that is turned into a sentence later."""

from __future__ import annotations


class RefusedError(Exception):
    """What was asked cannot be done now; nothing was changed.

    ``code`` names a sentence in ``webvote.messages`` that says why and what to do instead.
    """

    def __init__(self, code: str, /, *, status: int = 409, **params: str | int) -> None:
        super().__init__(code, params)
        self.code = code
        self.params = params
        self.status = status
