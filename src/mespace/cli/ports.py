"""Which port to listen on."""

import contextlib
import errno
import socket

from mespace.cli.plain import Stop

FIRST = 8000
TRIED = 100


def choose(host: str, wished: int | None) -> int:
    """The wished port, or the first free one from 8000; Stop if it is taken or may not be used."""
    if wished is not None:
        reason = problem(host, wished)
        if reason:
            raise Stop(reason)
        return wished
    for port in range(FIRST, FIRST + TRIED):
        if not problem(host, port):
            return port
    raise Stop(f"No port from {FIRST} to {FIRST + TRIED - 1} is free on {host}: name one with --port.")


def problem(host: str, port: int) -> str:
    """Why `port` cannot be listened on; empty if it can."""
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    with contextlib.closing(socket.socket(family, socket.SOCK_STREAM)) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, port))
            probe.listen(1)
        except PermissionError:
            return f"Port {port} needs more rights than this user has: choose one from 1024 up with --port."
        except OSError as exc:
            if exc.errno == errno.EADDRINUSE:
                return f"Port {port} is taken by another program: choose another with --port."
            return f"This machine cannot listen on {host}: {exc.strerror}."
        except (OverflowError, UnicodeError):
            return f"{host}:{port} is not an address that can be listened on."
    return ""
