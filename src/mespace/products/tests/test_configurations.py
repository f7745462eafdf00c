"""Documenting supported configurations (clause 6.1)."""

from datetime import date

import pytest
from django.core.exceptions import ValidationError

from mespace.accounts.actor import Refused
from mespace.platform.rows import RowNotFound
from mespace.products.models import SupportedConfiguration, Version
from mespace.products.operations._configuration import ConfigurationLine
from mespace.products.operations.add_configuration import add_configuration
from mespace.products.operations.change_configuration import change_configuration
from mespace.products.operations.delete_configuration import delete_configuration
from tests.cast import Cast

pytestmark = pytest.mark.django_db
LINE = ConfigurationLine(kind="os", name="  Windows   Server ", lowest="2016", highest="2022")


def test_a_line_is_added_changed_and_deleted_by_managers_only(cast: Cast) -> None:
    row = add_configuration(actor=cast.manager, product_id=cast.product.pk, line=LINE)
    assert str(row) == "Windows Server 2016 – 2022"
    change_configuration(
        actor=cast.manager, configuration_id=row.pk, line=ConfigurationLine("driver", "Zebra", lowest="8.1")
    )
    row.refresh_from_db()
    assert (row.kind, str(row)) == ("driver", "Zebra ≥ 8.1")
    for name in ("agent", "responsible", "director"):
        with pytest.raises(Refused):
            delete_configuration(actor=cast.actors[name], configuration_id=row.pk)
        with pytest.raises(Refused):
            add_configuration(actor=cast.actors[name], product_id=cast.product.pk, line=LINE)
    delete_configuration(actor=cast.manager, configuration_id=row.pk)
    assert not SupportedConfiguration.objects.exists()
    with pytest.raises(RowNotFound):
        delete_configuration(actor=cast.manager, configuration_id=row.pk)


@pytest.mark.parametrize(
    ("line", "fields"),
    [
        (ConfigurationLine("os", "Windows", lowest="22H2"), {"lowest"}),
        (ConfigurationLine("os", "Windows", lowest="11", highest="10"), {"highest"}),
        (ConfigurationLine("os", "Windows", highest="x" * 41), {"highest"}),
        (ConfigurationLine("os", ""), {"name"}),
        (ConfigurationLine("planet", "Mars"), {"kind"}),
        (
            ConfigurationLine("os", "W", supported_from=date(2026, 2, 1), supported_until=date(2026, 1, 1)),
            {"supported_until"},
        ),
    ],
)
def test_what_cannot_be_used_is_named_by_field(cast: Cast, line: ConfigurationLine, fields: set[str]) -> None:
    with pytest.raises(ValidationError) as refusal:
        add_configuration(actor=cast.manager, product_id=cast.product.pk, line=line)
    assert set(refusal.value.message_dict) == fields


def test_a_version_of_other_software_is_refused(cast: Cast) -> None:
    foreign = Version.objects.create(product=cast.other_product, number=1)
    line = ConfigurationLine("os", "Windows", version_id=foreign.pk)
    with pytest.raises(ValidationError) as refusal:
        add_configuration(actor=cast.manager, product_id=cast.product.pk, line=line)
    assert set(refusal.value.message_dict) == {"version"}
