"""Fetching a growing file from somebody who may be slow, broken or lying.

A later fetch asks for what is new only (RFC 9110: ``If-None-Match``, ``Range``), where the server offers that.
"""

from __future__ import annotations

import http.client
import time
import urllib.error
import urllib.parse
import urllib.request
from dataclasses import dataclass
from enum import StrEnum
from typing import BinaryIO

_PIECE = 64 * 1024
MOST_BYTES = 4 * 2**30


class DownloadError(Exception):
    """The server gave nothing that can be judged; the code has a sentence. Trouble, and no proof of anything."""

    def __init__(self, code: str, **params: str | int) -> None:
        super().__init__(code, params)
        self.code = code
        self.params = params

    @property
    def says_missing(self) -> bool:
        """Whether the server says that it has no such file."""
        return self.params.get("status") in (http.client.NOT_FOUND, http.client.GONE)


@dataclass(frozen=True, slots=True)
class Limits:
    """What one fetch may take: seconds of silence, seconds in all, bytes."""

    silence: int
    total: int
    most_bytes: int = MOST_BYTES


class Came(StrEnum):
    """What a server gave."""

    NOTHING_NEW = "nothing new"
    WHOLE = "the whole file"
    REST = "what follows the bytes that were there"
    NO_REST = "less than there was: ask for the whole file"


@dataclass(frozen=True, slots=True)
class Fetched:
    """What came, and the mark by which the server knows this state of its file."""

    came: Came
    etag: str | None = None


def check_address(url: str) -> None:
    """Refuse what is no address of the web: urllib would read files too.

    Raises:
        DownloadError: It begins neither with https nor with http.
    """
    try:
        parts = urllib.parse.urlsplit(url)
    except ValueError:  # such as a bracket that is not closed
        raise DownloadError("watch-address", url=url) from None
    if parts.scheme not in ("https", "http") or not parts.hostname or not (parts.path + parts.query).isascii():
        raise DownloadError("watch-address", url=url)


def beside(url: str, name: str) -> str:
    """The address of another file in the same folder."""
    return urllib.parse.urljoin(url, name)


def fetch(url: str, into: BinaryIO, limits: Limits, *, have: int = 0, etag: str | None = None) -> Fetched:
    """Write to ``into`` what the server has: all of it, or what comes after the first ``have`` bytes.

    Raises:
        DownloadError: No answer, a refusal, too slow, too much, or another length than was announced.
    """
    check_address(url)
    request = urllib.request.Request(url, headers={"User-Agent": "raadsvalg-watch", "Accept-Encoding": "identity"})  # noqa: S310 (check_address)
    if have:
        request.add_header("Range", f"bytes={have}-")
    if etag is not None:
        request.add_header("If-None-Match", etag)
    deadline = time.monotonic() + limits.total
    try:
        with urllib.request.urlopen(request, timeout=limits.silence) as response:  # noqa: S310 (check_address)
            came = _came(response, have)
            _copy(response, into, limits, deadline)
            return Fetched(came, response.headers.get("ETag"))
    except urllib.error.HTTPError as fault:
        if fault.code == http.client.NOT_MODIFIED and etag is not None:
            return Fetched(Came.NOTHING_NEW, etag)
        if fault.code == http.client.REQUESTED_RANGE_NOT_SATISFIABLE and have:
            same_size = fault.headers.get("Content-Range") == f"bytes */{have}"
            return Fetched(Came.NOTHING_NEW if same_size else Came.NO_REST, etag)
        raise DownloadError("watch-status", status=fault.code) from None
    except TimeoutError:
        raise DownloadError("watch-slow", seconds=limits.silence) from None
    # A server may send us on to what is no address at all, at which urllib raises whatever comes (UnicodeError too).
    except (http.client.HTTPException, ValueError) as fault:
        raise DownloadError("watch-no-answer", reason=type(fault).__name__) from None
    except OSError as fault:
        reason = getattr(fault, "reason", fault)
        if isinstance(reason, TimeoutError):
            raise DownloadError("watch-slow", seconds=limits.silence) from None
        raise DownloadError("watch-no-answer", reason=str(reason)) from None


def _came(response: http.client.HTTPResponse, have: int) -> Came:
    if response.status != http.client.PARTIAL_CONTENT:
        return Came.WHOLE
    given = response.headers.get("Content-Range", "")
    if not have or not given.startswith(f"bytes {have}-"):
        raise DownloadError("watch-range", given=given[:40])
    return Came.REST


def _copy(response: http.client.HTTPResponse, into: BinaryIO, limits: Limits, deadline: float) -> None:
    announced = response.headers.get("Content-Length")
    copied = 0
    while piece := response.read1(_PIECE):
        copied += len(piece)
        if copied > limits.most_bytes:
            raise DownloadError("watch-too-much", most=limits.most_bytes)
        if time.monotonic() > deadline:
            raise DownloadError("watch-slow", seconds=limits.total)
        into.write(piece)
    if announced is not None and announced != str(copied):
        raise DownloadError("watch-length", announced=announced[:20], found=copied)
