"""How each kind of process connects to PostgreSQL."""

from typing import Any

from mespace.platform.environment import Environment

# Milliseconds. A page that takes longer is broken; a job or a migration may work for a while.
TIMEOUTS = {
    "web": {"statement_timeout": 30_000, "lock_timeout": 10_000, "idle_in_transaction_session_timeout": 60_000},
    "worker": {"statement_timeout": 900_000, "lock_timeout": 30_000, "idle_in_transaction_session_timeout": 300_000},
    "command": {"statement_timeout": 0, "lock_timeout": 30_000, "idle_in_transaction_session_timeout": 0},
    "owner": {"statement_timeout": 0, "lock_timeout": 15_000, "idle_in_transaction_session_timeout": 0},
}


def database(env: Environment) -> dict[str, Any]:
    """Django's settings of the one database; without DATABASE_URL, the server on this machine."""
    from psycopg.conninfo import conninfo_to_dict

    url = env.owner_database_url if env.process == "owner" else env.database_url
    parts: dict[str, Any] = dict(conninfo_to_dict(url or "postgresql:///mespace"))
    timeouts = " ".join(f"-c {name}={value}" for name, value in TIMEOUTS[env.process].items())
    own = {name: parts.pop(name, None) or "" for name in ("dbname", "user", "password", "host", "port")}
    options = {
        "connect_timeout": 10,
        **parts,
        "application_name": f"mespace {env.process}",
        # Lets platform/prepared.py prepare its statements; Django's own cursors never do, whatever this says.
        "prepare_threshold": 5,
        "options": f"{parts.get('options') or ''} {timeouts}".strip(),
    }
    if env.process == "web":  # after a fork only: no other process may open a pool and fork
        options["pool"] = {"min_size": 1, "max_size": env.web_threads, "timeout": 10}
    return {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": own["dbname"],
        "USER": own["user"],
        "PASSWORD": own["password"],
        "HOST": own["host"],
        "PORT": str(own["port"]),
        "OPTIONS": options,
        "CONN_HEALTH_CHECKS": True,
        "CONN_MAX_AGE": 0 if env.process == "web" else 600,  # the pool keeps the web's
    }
