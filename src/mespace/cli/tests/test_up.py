"""What `mespace up` tells its children."""

from mespace.cli.up import serving_environment


def test_what_serves_pages_does_not_know_how_the_owner_of_the_tables_signs_in() -> None:
    told = serving_environment(
        {"DATABASE_URL": "postgresql://app@/m", "MESPACE_OWNER_DATABASE_URL": "postgresql://owner@/m"}
    )
    assert told["DATABASE_URL"] == "postgresql://app@/m"
    assert not [value for value in told.values() if "owner@" in value]
