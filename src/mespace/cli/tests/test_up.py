"""What `mespace up` tells its children."""

import errno
import socket
from pathlib import Path

import pytest

from mespace.cli.probe import Record
from mespace.cli.up import demo_prober, in_address, main, serving_environment, shown_host
from mespace.platform.environment import Environment
from mespace.platform.postgres.errors import explain


def test_what_serves_pages_does_not_know_how_the_owner_of_the_tables_signs_in() -> None:
    told = serving_environment(
        {"DATABASE_URL": "postgresql://app@/m", "MESPACE_OWNER_DATABASE_URL": "postgresql://owner@/m"}
    )
    assert told["DATABASE_URL"] == "postgresql://app@/m"
    assert not [value for value in told.values() if "owner@" in value]


@pytest.mark.parametrize(
    ("host", "shown"),
    [
        ("127.0.0.1", "localhost"),
        ("::1", "localhost"),
        ("0.0.0.0", "localhost"),  # noqa: S104 - compared, not bound
        ("::", "localhost"),
        ("desk.plant.example", "desk.plant.example"),
        ("192.0.2.7", "192.0.2.7"),
        ("2001:db8::7", "[2001:db8::7]"),
    ],
)
def test_the_address_that_is_told_has_a_name_where_there_is_one(host: str, shown: str) -> None:
    assert shown_host(host) == shown


def test_an_address_of_ipv6_stands_in_brackets() -> None:
    assert (in_address("::1"), in_address("127.0.0.1")) == ("[::1]", "127.0.0.1")


def test_without_settings_the_site_answers_by_its_name_and_by_its_number() -> None:
    env = Environment.read({"MESPACE_PORT": "8123"})
    assert env.base_url == "http://localhost:8123"
    assert {"localhost", "127.0.0.1", "[::1]"} <= set(env.hosts)


def test_the_demos_prober_looks_from_this_machine_once_the_demo_made_it_known(tmp_path: Path) -> None:
    assert demo_prober(tmp_path, "http://localhost:8000", tmp_path) is None
    key = Record(tmp_path / "probe", "here").public_key
    child = demo_prober(tmp_path, "http://localhost:8000", tmp_path)
    assert child is not None
    assert {"tracker=http://localhost:8000/healthz/", "files=http://localhost:8000/healthz/files/"} <= set(
        child.command
    )
    assert not [name for name in child.environ if "DATABASE" in name or "SECRET" in name]
    assert Record(tmp_path / "probe", "here").public_key == key


def refused(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], folder: object, *options: str) -> str:
    """The one sentence with which `up` ends before it has started anything."""
    monkeypatch.setenv("MESPACE_DATA", str(folder))
    assert main(options) == 1
    said = capsys.readouterr().err
    assert len(said.splitlines()) == 1
    return said


def test_a_taken_port_is_one_sentence(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    with socket.create_server(("127.0.0.1", 0)) as other:
        port = other.getsockname()[1]
        said = refused(monkeypatch, capsys, tmp_path / "data", "--port", str(port))
    assert said == f"Port {port} is taken by another program: choose another with --port.\n"


def test_a_data_folder_that_is_a_file_is_one_sentence(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    (tmp_path / "data").write_text("not a folder")
    assert str(tmp_path / "data") in refused(monkeypatch, capsys, tmp_path / "data")


def test_junk_in_a_setting_is_one_sentence_that_names_it(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    monkeypatch.setenv("MESPACE_MAX_FILE_MIB", "many")
    assert 'MESPACE_MAX_FILE_MIB="many"' in refused(monkeypatch, capsys, tmp_path / "data")


def test_a_full_disk_is_one_sentence(tmp_path: Path) -> None:
    assert str(explain(OSError(errno.ENOSPC, "No space left on device"), tmp_path)).startswith("The disk")
