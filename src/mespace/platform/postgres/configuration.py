"""The server's own settings, written anew at each start (ALTER SYSTEM still wins)."""

import os
from pathlib import Path

MIB = 1024 * 1024

# Nothing is synced: for clusters whose loss costs nothing.
DISPOSABLE = {"fsync": "off", "synchronous_commit": "off", "full_page_writes": "off", "max_connections": "120"}


def machine_memory() -> int:
    """Bytes of memory in this machine, or what the container may use if that is less."""
    total = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES")
    try:
        limit = Path("/sys/fs/cgroup/memory.max").read_text().strip()
    except OSError:
        limit = "max"
    return min(total, int(limit)) if limit.isdigit() else total


def server_settings(*, socket_folder: Path, log_folder: Path, disposable: bool = False) -> dict[str, str]:
    """Names and values for the configuration file, fitted to this machine's memory."""
    memory = machine_memory()
    buffers = max(32 * MIB, min(128 * MIB, memory // 16))
    settings = {
        "listen_addresses": "",
        "unix_socket_directories": str(socket_folder),
        "unix_socket_permissions": "0700",
        "port": "5432",
        "max_connections": "50",
        "timezone": "UTC",
        "lc_messages": "C",
        "shared_buffers": f"{buffers // MIB}MB",
        "effective_cache_size": f"{max(buffers, memory // 2) // MIB}MB",
        "work_mem": "8MB",
        "maintenance_work_mem": "64MB",
        "jit": "off",
        "io_method": "sync",  # no workers of its own: memory
        "max_parallel_workers_per_gather": "0",  # a container's /dev/shm may be 64 MB
        "max_parallel_maintenance_workers": "0",
        "random_page_cost": "1.1",
        "synchronous_commit": "on",
        "logging_collector": "on",
        "log_directory": str(log_folder),
        "log_filename": "postgresql-%a.log",
        "log_truncate_on_rotation": "on",
        "log_rotation_age": "1d",
        "log_rotation_size": "0",
        "log_parameter_max_length_on_error": "0",  # parameters are people's texts
        "log_line_prefix": "%m [%p] ",
    }
    if disposable:
        settings |= DISPOSABLE
    return settings


def rendered(settings: dict[str, str]) -> str:
    """The configuration file's text."""
    lines = [f"{name} = '{value.replace(chr(39), chr(39) * 2)}'" for name, value in settings.items()]
    return "# Written at each start. Use ALTER SYSTEM to change a setting for good.\n" + "\n".join(lines) + "\n"
