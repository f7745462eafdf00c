"""The embedded PostgreSQL under the accidents that machines have."""

import os
import shutil
import signal
import stat
import subprocess
import sys
import tempfile
import threading
from collections.abc import Iterator
from pathlib import Path

import psycopg
import pytest

from mespace.platform.postgres.cluster import Cluster, State
from mespace.platform.postgres.errors import ClusterError
from mespace.platform.postgres.storage import APP, OWNER


@pytest.fixture
def folder() -> Iterator[Path]:
    """A place that PostgreSQL's user can reach, with letters and signs that scripts stumble over."""
    outer = Path(tempfile.mkdtemp(prefix="mespace-test-"))
    outer.chmod(0o711)
    inner = outer / "Цех №1 'А'"
    inner.mkdir()
    inner.chmod(0o711)
    yield inner
    Cluster(inner / "pg").stop()
    shutil.rmtree(outer)


def server_pid(cluster: Cluster) -> int:
    return int((cluster.storage.data / "postmaster.pid").read_text().split("\n", 1)[0])


def insert(cluster: Cluster, number: int) -> None:
    with psycopg.connect(cluster.url(OWNER, "mespace"), autocommit=True) as connection:
        connection.execute("create table if not exists kept (number int)")
        connection.execute("insert into kept values (%s)", [number])


def numbers(cluster: Cluster) -> list[int]:
    with psycopg.connect(cluster.url(OWNER, "mespace")) as connection:
        return [row[0] for row in connection.execute("select number from kept order by number").fetchall()]


def test_a_killed_server_is_started_again_with_its_data(folder: Path) -> None:
    cluster = Cluster(folder / "pg")
    cluster.start()
    for number in range(3):
        insert(cluster, number)
        os.kill(server_pid(cluster), signal.SIGKILL)
        cluster.start()
    assert numbers(cluster) == [0, 1, 2]


def test_a_running_server_is_adopted(folder: Path) -> None:
    Cluster(folder / "pg").start()
    first = server_pid(Cluster(folder / "pg"))
    Cluster(folder / "pg").start()
    assert server_pid(Cluster(folder / "pg")) == first


def test_two_starts_at_once_make_one_server(folder: Path) -> None:
    errors: list[BaseException] = []

    def start() -> None:
        try:
            Cluster(folder / "pg").start()
        except BaseException as exc:  # noqa: BLE001 - reported below
            errors.append(exc)

    threads = [threading.Thread(target=start) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert errors == []
    assert Cluster(folder / "pg").look() is State.ANSWERS


def test_a_reused_pid_does_not_pass_for_a_server(folder: Path) -> None:
    cluster = Cluster(folder / "pg")
    cluster.start()
    text = (cluster.storage.data / "postmaster.pid").read_text()
    cluster.stop()
    stranger = subprocess.Popen([sys.executable, "-c", "import time; time.sleep(60)"])
    try:
        (cluster.storage.data / "postmaster.pid").write_text(text.replace(text.split("\n", 1)[0], str(stranger.pid), 1))
        cluster.start()
        assert server_pid(cluster) != stranger.pid
    finally:
        stranger.kill()
        stranger.wait()


def test_an_empty_pid_file_is_no_server(folder: Path) -> None:
    cluster = Cluster(folder / "pg")
    cluster.start()
    cluster.stop()
    (cluster.storage.data / "postmaster.pid").write_text("")
    cluster.start()
    assert cluster.look() is State.ANSWERS


def test_a_killed_initdb_is_no_cluster(folder: Path) -> None:
    left = folder / "pg" / "data.new"
    left.mkdir(parents=True)
    (left / "PG_VERSION").write_text("18\n")
    (folder / "pg").chmod(0o711)
    cluster = Cluster(folder / "pg")
    cluster.start()
    assert cluster.look() is State.ANSWERS


def test_killed_between_making_and_moving_it_is_moved(folder: Path) -> None:
    cluster = Cluster(folder / "pg")
    cluster.start()
    insert(cluster, 7)
    cluster.stop()
    cluster.storage.data.rename(cluster.storage.data.with_name("data.new"))
    Cluster(folder / "pg").start()
    assert numbers(cluster) == [7]


def test_never_initialises_where_data_has_been(folder: Path) -> None:
    cluster = Cluster(folder / "pg")
    cluster.start()
    cluster.stop()
    shutil.rmtree(cluster.storage.data)
    with pytest.raises(ClusterError, match="is missing although a database was made here"):
        Cluster(folder / "pg").start()


def test_another_cluster_in_its_place_is_refused(folder: Path) -> None:
    cluster = Cluster(folder / "pg")
    cluster.start()
    cluster.stop()
    cluster.storage.marker.write_text("123\n")
    with pytest.raises(ClusterError, match="is another database than the one made here"):
        Cluster(folder / "pg").start()


def test_a_damaged_folder_is_explained(folder: Path) -> None:
    cluster = Cluster(folder / "pg")
    cluster.start()
    cluster.stop()
    (cluster.storage.data / "global" / "pg_control").write_bytes(b"\0" * 8192)
    with pytest.raises(ClusterError, match="is damaged"):
        Cluster(folder / "pg").start()


def test_secrets_are_private_and_parents_keep_their_modes(folder: Path) -> None:
    before = [stat.S_IMODE(each.stat().st_mode) for each in folder.parents]
    cluster = Cluster(folder / "pg")
    cluster.start()
    assert [stat.S_IMODE(each.stat().st_mode) for each in folder.parents] == before
    for role in (OWNER, APP):
        assert stat.S_IMODE((folder / "pg" / f"{role}.password").stat().st_mode) == 0o600
    assert stat.S_IMODE(cluster.storage.data.stat().st_mode) == 0o700
    with pytest.raises(psycopg.OperationalError, match="password authentication failed"):
        psycopg.connect(cluster.url(OWNER, "mespace").replace(cluster.storage.password(OWNER), "guessed"))


def test_russian_letters_fold_and_the_server_syncs(folder: Path) -> None:
    os.environ["LC_ALL"] = "C"
    try:
        cluster = Cluster(folder / "pg")
        cluster.start()
    finally:
        del os.environ["LC_ALL"]
    with psycopg.connect(cluster.url(APP, "mespace")) as connection:
        row = connection.execute("select lower('ЁЖ'), current_setting('fsync'), current_setting('data_checksums')")
        assert row.fetchone() == ("ёж", "on", "on")
        made = connection.execute(
            "select rolsuper or rolcreatedb or rolcreaterole from pg_roles where rolname = current_user"
        )
        assert made.fetchone() == (False,)


def test_stop_without_a_server_is_no_error(folder: Path) -> None:
    Cluster(folder / "pg").stop()
    Cluster(folder / "pg").start()
    Cluster(folder / "pg").stop()
    Cluster(folder / "pg").stop()
    assert Cluster(folder / "pg").look() is State.SILENT
