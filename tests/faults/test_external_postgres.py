"""The same code on an external PostgreSQL, of the oldest version that is supported, with production's pieces."""

from collections.abc import Callable

import psycopg
import pytest

from tests.faults.acts import Factory, Found
from tests.faults.external import OLDEST, external_postgres, production
from tests.faults.load import Load


@pytest.mark.long
@pytest.mark.faults
@pytest.mark.timeout(1200)
def test_production_pieces_run_on_an_external_postgresql(record_property: Callable[[str, object], None]) -> None:
    """Migrate, first administrator, web, worker, doctor; tickets are filed, the log is shut, everything verifies."""
    with external_postgres() as database, production(database) as running:
        assert database.version >= OLDEST
        factory = Factory(running)
        factory.seed()
        with Load(factory.file_and_write, factory.sign_in) as load:
            load.wait_for(20)
        assert load.errors == []
        found = Found.of(running)
        record_property("count", f"PostgreSQL {database.version}: {len(found.tickets)} tickets with a file each")
        assert load.acknowledged - found.tickets.keys() == set()
        assert load.acknowledged - found.files.keys() == set()
        assert found.numbers == list(range(1, len(found.numbers) + 1))

        with psycopg.connect(database.app, autocommit=True) as connection:
            for statement in (
                "update ledger_event set kind = 'x'",
                "delete from ledger_event",
                "truncate ledger_event",
            ):
                with pytest.raises(psycopg.errors.InsufficientPrivilege):
                    connection.execute(statement)

        doctor = running.command("doctor")
        assert (doctor.returncode, "WRONG" in doctor.stdout) == (0, False), doctor.stdout + doctor.stderr
        verify = running.command("verify")
        assert (verify.returncode, " 0 differences" in verify.stdout) == (0, True), verify.stdout + verify.stderr
