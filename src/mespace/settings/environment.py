"""The environment variables that the product reads."""

import os
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import unquote, urlsplit


@dataclass(frozen=True)
class Environment:
    """All settings of one process."""

    debug: bool
    demo: bool
    secret_key: str
    allowed_hosts: list[str]
    database: dict[str, Any]
    static_root: Path

    @classmethod
    def from_os(cls) -> "Environment":
        """Settings from this process's environment."""
        url = urlsplit(os.environ.get("DATABASE_URL", "postgresql://mespace@localhost/mespace"))
        return cls(
            debug=False,
            demo=bool(os.environ.get("MESPACE_DEMO")),
            secret_key=os.environ.get("MESPACE_SECRET_KEY", "insecure"),
            allowed_hosts=["*"],
            database={
                "ENGINE": "django.db.backends.postgresql",
                "NAME": unquote(url.path.lstrip("/")),
                "USER": url.username or "",
                "PASSWORD": unquote(url.password or ""),
                "HOST": unquote(url.hostname or ""),
                "PORT": str(url.port or ""),
            },
            static_root=Path(os.environ.get("MESPACE_DATA", "var")) / "static",
        )
