"""What holds for a line of the supported configurations; shared by the operations that describe one."""

from dataclasses import dataclass
from datetime import date

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from mespace.platform.rows import save_checked
from mespace.products.dotted import parse_dotted
from mespace.products.models import SupportedConfiguration, Version


@dataclass(frozen=True)
class ConfigurationLine:
    """What a line says; empty bounds: every version of it, `version_id` None: with every version of the software."""

    kind: str
    name: str
    lowest: str = ""
    highest: str = ""
    note: str = ""
    version_id: int | None = None
    supported_from: date | None = None
    supported_until: date | None = None


def write_line(row: SupportedConfiguration, line: ConfigurationLine) -> SupportedConfiguration:
    """Save the line into the row. Raises ValidationError by field."""
    errors: dict[str, str] = {}
    bounds = {name: getattr(line, name).strip() for name in ("lowest", "highest")}
    for name, text in bounds.items():
        if text and parse_dotted(text) is None:
            errors[name] = _("Type numbers with dots, as in 10.0.19045: what is installed is compared with them.")
    low, high = parse_dotted(bounds["lowest"]), parse_dotted(bounds["highest"])
    if low is not None and high is not None and high < low[: len(high)]:
        errors["highest"] = _("It is lower than the version from which support begins.")
    if line.supported_from and line.supported_until and line.supported_until < line.supported_from:
        errors["supported_until"] = _("It lies before the day from which support begins.")
    if (
        line.version_id is not None
        and not Version.objects.filter(pk=line.version_id, product_id=row.product_id).exists()
    ):
        errors["version"] = _("Choose a version of this product.")
    if errors:
        raise ValidationError({field: [text] for field, text in errors.items()})
    row.kind, row.name, row.note = line.kind, " ".join(line.name.split()), " ".join(line.note.split())
    row.lowest, row.highest, row.version_id = bounds["lowest"], bounds["highest"], line.version_id
    row.supported_from, row.supported_until = line.supported_from, line.supported_until
    save_checked(row, taken="")
    return row
