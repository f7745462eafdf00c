"""Writing imported sites with their shops and sections: what is there already is found by its name."""

from collections.abc import Sequence

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from mespace.customers.importing.columns import ImportKind, Record, title_of
from mespace.customers.importing.plan import CellChange, Line, Outcome, Plan
from mespace.customers.models import Area, Customer, Site, WorkCenter
from mespace.platform.rows import save_checked

MOSCOW = "Europe/Moscow"


def write_sites(customer: Customer, records: Sequence[Record]) -> Plan:
    """Write all rows inside the caller's transaction; rows with complaints are written back and told."""
    plan = Plan(ImportKind.SITES)
    for record in records:
        names = {"name": "site"}
        try:
            with transaction.atomic():
                plan.lines.append(_write(customer, record, names))
        except ValidationError as refusal:
            plan.refuse(record, refusal, names)
    return plan


def _write(customer: Customer, record: Record, names: dict[str, str]) -> Line:
    if record.get("work_center") and not record.get("area"):
        raise ValidationError({"area": _("A section belongs to a shop: name it.")})
    site = Site.objects.filter(customer=customer, name__iexact=record.get("site")).first()
    added = site is None
    changes: tuple[CellChange, ...] = ()
    if site is None:
        site = Site(
            customer=customer,
            name=record.get("site"),
            address=record.get("address"),
            time_zone=record.get("time_zone") or MOSCOW,
        )
        save_checked(site, taken=_("The customer has a site with this name already."))
    else:
        changes = _change(site, record)
    area = None
    if record.get("area"):
        names["name"] = "area"
        area = Area.objects.filter(site=site, name__iexact=record.get("area")).first()
        added |= area is None
        if area is None:
            area = Area(site=site, name=record.get("area"))
            save_checked(area, taken=_("The site has a shop with this name already."))
    if area is not None and record.get("work_center"):
        names["name"] = "work_center"
        center = WorkCenter.objects.filter(area=area, name__iexact=record.get("work_center")).first()
        added |= center is None
        if center is None:
            center = WorkCenter(area=area, name=record.get("work_center"))
            save_checked(center, taken=_("The shop has a section with this name already."))
    name = " / ".join(filter(None, (site.name, record.get("area"), record.get("work_center"))))
    outcome = Outcome.ADDED if added else Outcome.CHANGED if changes else Outcome.SAME
    return Line(record.number, outcome, name, changes)


def _change(site: Site, record: Record) -> tuple[CellChange, ...]:
    changes = []
    for field in ("address", "time_zone"):
        was, becomes = getattr(site, field), record.get(field)
        if becomes and becomes != was:
            setattr(site, field, becomes)
            changes.append(CellChange(title_of(ImportKind.SITES, field), was, becomes))
    if changes:
        save_checked(site, taken=_("The customer has a site with this name already."))
    return tuple(changes)
