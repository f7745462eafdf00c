"""The files of contracts: taking them into the one store, and who may have them."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.conf import settings
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from mespace.accounts.actor import Actor
from mespace.accounts.permissions import Permission
from mespace.customers.models import ContractFile, ContractRevision, FilePurpose, SupportContract
from mespace.platform.files import FileRefused, NoRoom, TooLarge, delete, receive

FIELDS = {FilePurpose.SCAN: "scans", FilePurpose.DIVISION: "division_files"}
MOST = 40  # files of one contract


@dataclass(frozen=True)
class NewFile:
    """A file as it is sent."""

    purpose: FilePurpose
    name: str
    chunks: Iterable[bytes]


def take(contract: SupportContract, files: Sequence[NewFile], *, actor: Actor, now: datetime) -> list[ContractFile]:
    """The files, durable on disk, as rows of the contract; all of them or none.

    Raises ValidationError by the form's field that they came in.
    """
    if files and contract.files.count() + len(files) > MOST:
        raise ValidationError({FIELDS[files[0].purpose]: _("A contract keeps at most %(n)d files.") % {"n": MOST}})
    rows: list[ContractFile] = []
    try:
        for file in files:
            rows.append(_take(contract, file, actor=actor, now=now))  # noqa: PERF401 - what was taken is tidied up below
    except BaseException:
        for row in rows:
            delete(row.blob)
        raise
    return rows


def _take(contract: SupportContract, file: NewFile, *, actor: Actor, now: datetime) -> ContractFile:
    field, limit = FIELDS[file.purpose], settings.MAX_FILE_BYTES
    try:
        taken = receive(name=file.name, chunks=file.chunks, limit=limit)
    except TooLarge:
        text = _("“%(name)s” is larger than %(most)d MB. Pack it, split it, or send a part.")
        raise ValidationError({field: text % {"name": file.name, "most": limit // 2**20}}) from None
    except NoRoom:
        raise ValidationError({field: _("The server has no room for files just now.")}) from None
    except FileRefused as refusal:
        raise ValidationError({field: f"“{refusal.name}”: {refusal.reason}"}) from None
    return ContractFile.objects.create(
        contract=contract,
        purpose=file.purpose,
        name=taken.name,
        size=taken.blob.size,
        media_type=taken.media_type,
        is_image=taken.is_image,
        sha256=taken.blob.sha256,
        blob=taken.blob.name,
        uploaded_by_id=actor.person_id,
        uploaded_at=now,
    )


def file_for(actor: Actor, file_id: int) -> ContractFile | None:
    """The file, if the actor reads customers' contracts or is a responsible employee of this one's customer.

    What staff have on a ticket is the ticket's matter: `tickets.queries.division_files`.
    """
    rows = ContractFile.objects.filter(pk=file_id)
    if actor.can(Permission.CUSTOMERS_READ):
        return rows.first()
    if actor.can(Permission.CONTRACT_READ_OWN) and actor.customer_id is not None:
        return rows.filter(contract__customer_id=actor.customer_id).first()
    return None


def division_files_of(revision: ContractRevision) -> list[ContractFile]:
    """The files on the division of responsibility that belong to a revision (clause 2.4); no statement without any."""
    if not revision.has_division_files:
        return []
    return list(revision.files.filter(purpose=FilePurpose.DIVISION))
