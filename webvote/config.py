"""Settings: read once from the environment, validated once, never read again.

Leaves to others: what the settings are used for.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import urlsplit

DEMO_SECRET_KEY = "demo-only-not-a-secret"  # noqa: S105 (it is none, and refused outside the demo)
SHORTEST_SECRET_KEY = 32
DEFAULT_DATABASE = "sqlite:///instance/webvote.sqlite"


class ConfigError(Exception):
    """The settings cannot be used; the sentence names the setting and the cure."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Settings:
    """Everything the application is told from outside."""

    database: str = DEFAULT_DATABASE
    secret_key: str = field(repr=False, default="")
    base_url: str = "http://127.0.0.1:8000"
    organisation: str = "Norddjurs Kommune"
    help_contact: str = ""
    # The demo and the tests may run with a known key; nothing else may.
    trusted_surroundings: bool = False
    testing: bool = False

    def __post_init__(self) -> None:
        parts = urlsplit(self.base_url)
        if parts.scheme not in {"http", "https"} or not parts.netloc or parts.query or parts.fragment:
            raise ConfigError(f"WEBVOTE_BASE_URL must be like https://valg.example.dk, not {self.base_url!r}.")
        if self.base_url.endswith("/"):
            raise ConfigError("WEBVOTE_BASE_URL must not end in a slash.")

    def require_safe_secret(self) -> None:
        """Refuse a key that others could know, since it signs the sessions of officials.

        Raises:
            ConfigError: The key is the demo's, or short.
        """
        if self.trusted_surroundings:
            return
        if len(self.secret_key) < SHORTEST_SECRET_KEY or self.secret_key == DEMO_SECRET_KEY:
            raise ConfigError(
                f"WEBVOTE_SECRET_KEY must be a random text of {SHORTEST_SECRET_KEY} characters or more; "
                "make one with: python -c 'import secrets; print(secrets.token_urlsafe(32))'"
            )

    @property
    def https(self) -> bool:
        """Whether people reach the pages over https."""
        return self.base_url.startswith("https://")


def settings_from_environment(environment: Mapping[str, str]) -> Settings:
    """Read the settings from environment variables.

    Raises:
        ConfigError: A setting is missing or unusable.
    """
    database = environment.get("WEBVOTE_DATABASE", DEFAULT_DATABASE)
    if database == DEFAULT_DATABASE:
        Path("instance").mkdir(mode=0o700, exist_ok=True)
    return Settings(
        database=database,
        secret_key=environment.get("WEBVOTE_SECRET_KEY", ""),
        base_url=environment.get("WEBVOTE_BASE_URL", "http://127.0.0.1:8000").rstrip("/"),
        organisation=environment.get("WEBVOTE_ORGANISATION", "Norddjurs Kommune"),
        help_contact=environment.get("WEBVOTE_HELP_CONTACT", ""),
    )
