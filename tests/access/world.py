"""One of everything that an address can name, and everybody who may ask for it."""

from datetime import date, timedelta
from typing import Any

from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.mail import EmailMessage
from django.urls import URLPattern, URLResolver, get_resolver, reverse

from mespace.accounts.models import User
from mespace.accounts.permissions import Role
from mespace.accounts.roster import Absence, Shift
from mespace.announcements.models import Probe
from mespace.announcements.operations.make_feed_address import make_feed_address
from mespace.announcements.operations.settle_maintenance import settle_window
from mespace.announcements.tests.making import announced, component, reported
from mespace.customers.contract_files import NewFile, take
from mespace.customers.importing.columns import ImportKind
from mespace.customers.models import Customer, FilePurpose, Installation, Project, SupportContract
from mespace.customers.onboarding.naming import NamedPerson
from mespace.customers.operations.make_onboarding_link import make_onboarding_link
from mespace.customers.operations.name_responsible import name_responsible
from mespace.customers.operations.upload_import import upload_import
from mespace.mail_in.models import Inbound
from mespace.mail_in.operations.keep_message import Found, Place, keep_message
from mespace.notifications.kinds import Kind
from mespace.notifications.models import Delivery, State
from mespace.notifications.unsubscribe import token_for
from mespace.obligations.models import Obligation
from mespace.platform.files import receive
from mespace.platform.forms import new_key
from mespace.platform.mail_folder import FolderBackend
from mespace.products.fix import Confirmation, Fix
from mespace.products.models import Build, Component, SupportedConfiguration
from mespace.products.operations.add_known_error import add_known_error
from mespace.regulation.models import RegulationEdition
from mespace.regulation.operations._draft import DraftFields
from mespace.regulation.operations.publish_edition import publish_edition
from mespace.regulation.operations.start_draft import start_draft
from mespace.tickets.models import AnswerTemplate, Link, Message, RemoteSession, SavedView, Ticket, WorkEntry
from mespace.tickets.operations._contacts import Caller
from mespace.tickets.operations._steps import Closing, Proposal
from mespace.tickets.operations._work import Work
from mespace.tickets.operations.accept import accept
from mespace.tickets.operations.assign import assign
from mespace.tickets.operations.comment import Remark, comment
from mespace.tickets.operations.consent_to_session import consent_to_session
from mespace.tickets.operations.link import link
from mespace.tickets.operations.link_known_error import link_known_error
from mespace.tickets.operations.log_contact import NewContact, log_contact
from mespace.tickets.operations.log_work import log_work
from mespace.tickets.operations.propose_session import Terms, propose_session
from mespace.tickets.operations.start_session import start_session
from mespace.tickets.operations.uploads import upload
from tests.access.shelves import Shelves
from tests.cast import PASSWORD, WEDNESDAY, Cast

# How the table heads its columns, and who that is.
PEOPLE = {
    "anon": None,
    "user": "engineer",  # of a customer that narrows its people to their sites; here: the requester
    "far": "far_colleague",  # of the same customer, another site
    "resp": "responsible",
    "other": "stranger",  # of another customer
    "agent": "agent",
    "contr": "contractor",  # all tickets here are assigned to them
    "idle": "idle_contractor",  # none is
    "mgr": "manager",
    "dir": "director",
    "aud": "auditor",
    "adm": "administrator",
}
NOW = WEDNESDAY + timedelta(hours=2)
HOUR = timedelta(hours=1)


class World:
    """The cast with a ticket in each state that matters, and a name for everything."""

    def __init__(self, cast: Cast) -> None:
        self.cast = cast
        Customer.objects.filter(pk=cast.factory.pk).update(narrow_to_sites=True)
        self.users = cast.users | {
            "idle_contractor": User.objects.create_user(
                email="idle@example.org",
                password=PASSWORD,
                full_name="Idle",
                roles=[Role.CONTRACTOR],
                created_at=WEDNESDAY,
            )
        }
        self.tickets = {
            name: self._ticket(name) for name in ("open", "work", "asked", "closed", "duplicate", "referred")
        }
        work = self.tickets["work"]
        common: dict[str, Any] = {"ticket_id": work.pk, "now": NOW - HOUR}
        file = upload(actor=cast.engineer, now=NOW - HOUR, name="a.txt", chunks=[b"offline"])
        comment(**common, actor=cast.engineer, remark=Remark("Смотрите файл", attachment_ids=[file.pk]))
        secret = upload(actor=cast.agent, now=NOW - HOUR, name="b.txt", chunks=[b"secret"])
        comment(**common, actor=cast.agent, remark=Remark("Внутри", internal=True, attachment_ids=[secret.pk]))
        link(**common, actor=cast.agent, other_key=self.tickets["open"].key)
        unsent = {
            who: upload(actor=cast.actors[who], now=NOW, name="c.txt", chunks=[b"x"]).pk
            for who in ("engineer", "agent")
        }
        texts = list(Message.objects.filter(ticket=work).order_by("pk"))
        view = {"query": "view=mine", "is_shared": True}
        named = name_responsible(
            actor=cast.manager,
            now=NOW - HOUR,
            contract_id=cast.contract.pk,
            person=NamedPerson("Новый Сотрудник", "new@example.org"),
            named_on=NOW.date(),
        )
        make_onboarding_link(actor=cast.manager, now=NOW - HOUR, person_id=named.pk)
        self.names: dict[str, object] = {
            **{name: ticket.key for name, ticket in self.tickets.items()},
            "theirs": cast.file(by="stranger", type="consultation", place=cast.new().place.__class__()).key,
            "file": file.pk,
            "secret_file": secret.pk,
            "unsent_of_user": unsent["engineer"],
            "unsent_of_agent": unsent["agent"],
            "message": texts[1].pk,
            "note": texts[2].pk,
            "link": Link.objects.get().pk,
            "template": AnswerTemplate.objects.create(title="Перезапуск", body="Перезапустите.").pk,
            "view": SavedView.objects.create(user=cast.users["agent"], name="Мои", **view).pk,
            **self._contact(),
            "customer": cast.factory.pk,
            "empty_customer": self._empty_customer(),
            "site": cast.other_site.pk,
            "area": cast.area.pk,
            "work_center": cast.work_center.pk,
            "installation": Installation.objects.create(site=cast.site, product=cast.product, build=cast.build).pk,
            "person": cast.users["colleague"].pk,
            "contract": cast.contract.pk,
            **self._regulation(),
            "their_contract": SupportContract.objects.get(customer=cast.rival).pk,
            "contract_file": self._contract_file(FilePurpose.SCAN),
            "division_file": self._contract_file(FilePurpose.DIVISION),
            "named": named.pk,
            "owed": named.obligation_id,
            "import": self._import(),
            "product": cast.product.pk,
            "unused_product": cast.other_product.pk,
            "component": Component.objects.create(product=cast.product, name="Печать").pk,
            "configuration": SupportedConfiguration.objects.create(product=cast.product, kind="os", name="Linux").pk,
            "version": cast.build.version_id,
            "build": cast.build.pk,
            "release": Build.objects.create(
                version=cast.build.version, major=13, minor=0, notes="Новое", published_at=WEDNESDAY
            ).pk,
            "known_error": cast.known_error.pk,
            "linked_error": self._linked_error(),
            "planned": Obligation.objects.get(kind="planned_fix").pk,
            "vendor": cast.vendor.pk,
            "shift": self._shift(),
            "absence": self._absence("agent"),
            "absence_of_contractor": self._absence("contractor"),
            "mail": self._mail(work),
            "off_token": token_for(cast.users["engineer"].pk, Kind.DIGEST),
            "nothing": 999_999,
            **self._announced(),
            "inbound": self._inbound(),
            **Shelves(cast).names(),
        }
        self.services = self._services(work)

    def _services(self, ticket: Ticket) -> dict[str, int]:
        """A session in each state in which something can be done with it, and work of the agent's."""
        cast, at = self.cast, NOW - HOUR
        common: dict[str, Any] = {"ticket_id": ticket.pk, "now": at}
        log_work(**common, actor=cast.agent, work=Work("improvement", 5, at.date()))
        terms = Terms(at, NOW + HOUR, "RuDesktop", "Сервер печати", "Посмотреть очередь")
        for _ in range(3):
            propose_session(**common, actor=cast.agent, terms=terms)
        proposed, agreed, running = RemoteSession.objects.filter(ticket=ticket).order_by("number")
        for session in (agreed, running):
            consent_to_session(**common, actor=cast.engineer, session_id=session.pk)
        start_session(**common, actor=cast.agent, session_id=running.pk)
        work = WorkEntry.objects.get(ticket=ticket)
        return {"proposed": proposed.pk, "agreed": agreed.pk, "running": running.pk, "work": work.pk}

    def _announced(self) -> dict[str, object]:
        """Planned work ahead and under way, an outage, and the secret of the engineer's calendar."""
        under_way = announced(self.cast, starts_at=WEDNESDAY + HOUR, restore_at=NOW + HOUR)
        settle_window(window_id=under_way.pk, now=NOW)
        return {
            "window": announced(self.cast).pk,
            "work_under_way": under_way.pk,
            "outage": reported(self.cast).pk,
            "service_part": component().pk,
            "probe": Probe.objects.create(code="kazan", public_key="ab" * 32).pk,
            "feed_secret": make_feed_address(actor=self.cast.engineer, now=WEDNESDAY),
        }

    def _import(self) -> int:
        sites = "Площадка\nСклад\n".encode()
        common: dict[str, Any] = {"actor": self.cast.manager, "now": NOW, "customer_id": self.cast.factory.pk}
        return upload_import(**common, kind=ImportKind.SITES, file_name="sites.csv", data=sites).pk

    def _contract_file(self, purpose: FilePurpose) -> int:
        """Of the revision by which the customer's tickets were entitled."""
        new = NewFile(purpose, f"{purpose}.txt", [b"offline"])
        (file,) = take(self.cast.contract, [new], actor=self.cast.manager, now=WEDNESDAY)
        self.cast.contract.revisions.get().files.add(file)
        return file.pk

    def _shift(self) -> int:
        return Shift.objects.create(user=self.users["agent"], starts_at=NOW, ends_at=NOW + HOUR).pk

    def _absence(self, who: str) -> int:
        times = {"starts_at": NOW + HOUR, "ends_at": NOW + 9 * HOUR}
        return Absence.objects.create(user=self.users[who], kind="vacation", **times).pk

    def _contact(self) -> dict[str, object]:
        file = receive(name="e.txt", chunks=[b"offline"], limit=100)
        new = NewContact("phone", NOW - HOUR, "Молчит", caller=Caller(self.users["engineer"].pk), files=[file])
        contact = log_contact(actor=self.cast.agent, now=NOW, new=new)
        return {"contact": contact.pk, "contact_file": contact.files.get().pk}

    def _mail(self, ticket: Ticket) -> int:
        user = self.users["engineer"]
        file = FolderBackend().keep(EmailMessage("Новое сообщение", "Да", to=[user.email]))
        kept = {"state": State.KEPT, "kept_as": file, "created_at": NOW, "message_id": "<access@example.org>"}
        return int(
            Delivery.objects.create(
                recipient=user, address=user.email, subject_id=ticket.pk, seq=2, kind=Kind.MESSAGE, **kept
            ).pk
        )

    def _empty_customer(self) -> int:
        row = Customer.objects.create(name="Пустой", short_name="Пустой", created_at=WEDNESDAY)
        Project.objects.create(customer=row, code="EMPTY", name="Пустой")
        return int(row.pk)

    def _linked_error(self) -> int:
        """Confirmed as the cause of one ticket."""
        error = add_known_error(
            actor=self.cast.manager,
            now=NOW - HOUR,
            product_id=self.cast.product.pk,
            code="KE-2",
            title="Связана",
            confirmation=Confirmation("Руководство", "Сменить задание", "Чистая установка"),
            fix=Fix(planned_for_id=self.cast.build.pk, planned_on=NOW.date() + timedelta(days=30)),
        )
        common: dict[str, Any] = {"ticket_id": self.tickets["asked"].pk, "actor": self.cast.agent, "now": NOW - HOUR}
        link_known_error(**common, known_error_id=error.pk)
        return int(error.pk)

    def _regulation(self) -> dict[str, object]:
        """An edition that was announced, and one in preparation."""
        parameters = RegulationEdition.objects.get(code="2019-09-01").parameters
        fields = DraftFields("announced", "Объявленная", (NOW + timedelta(days=60)).date(), parameters, "5.5 Образец.")
        draft = start_draft(actor=self.cast.manager, now=NOW - HOUR, fields=fields)
        edition = publish_edition(actor=self.cast.manager, now=NOW - HOUR, draft_id=draft.pk, version=1)
        return {
            "edition": edition.code,
            "draft": start_draft(actor=self.cast.manager, now=NOW - HOUR, fields=fields).pk,
        }

    def _ticket(self, name: str) -> Ticket:
        ticket = self.cast.file(type="incident", subject=name)
        assign(ticket_id=ticket.pk, actor=self.cast.agent, now=WEDNESDAY, to_user_id=self.cast.contractor.user_id)
        if name == "open":
            return ticket
        closings = {
            "referred": Closing("third_party", vendor_id=self.cast.vendor.pk),
            "closed": Closing("solved", "Готово."),
            "duplicate": Closing("duplicate", duplicate_of="ZAVOD-1"),
        }
        then = Proposal("Перезапустите очередь.") if name == "asked" else closings.get(name)
        accept(ticket_id=ticket.pk, actor=self.cast.agent, now=WEDNESDAY + HOUR, then=then)
        return ticket

    def _inbound(self) -> int:
        raw = b"From: petrov@zavod.example\r\nSubject: Hello\r\n\r\nHello"
        found = Found(Place("INBOX", 1, 1), len(raw), NOW - HOUR, iter([raw]))
        inbound = keep_message(now=NOW, found=found)
        Inbound.objects.update(state="quarantined", next_attempt_at=None, error="RuntimeError")
        return inbound.pk

    def address(self, name: str, arguments: list[str]) -> str:
        """The address of a line of the table."""
        named = arguments[:1] if name == "ticket_act" else arguments  # an act may be called like a thing
        return reverse(name, args=[*(self.names.get(each, each) for each in named), *arguments[len(named) :]])

    def form(self, name: str, arguments: list[str]) -> dict[str, Any]:
        """A form that is filled in well for this address, as far as one is needed to tell a right from a refusal."""
        form = self._acts().get(arguments[-1], {}) if name == "ticket_act" else self._forms().get(name, {})
        return {"key": new_key(), **form}

    def _forms(self) -> dict[str, dict[str, Any]]:
        return {
            "desk_assign": {"ticket": [self.tickets["open"].key], "assignee": self.users["agent"].pk},
            "desk_contact_attach": {"ticket": self.tickets["work"].key},
            "desk_contact_dismiss": {"reason": "Ответили сразу"},
            "kb:act": {"reason": "Так вышло"},
            "kb:feedback": {"helped": "yes"},
            "kb:upload": {"file": SimpleUploadedFile("d.txt", b"offline")},
            "file_upload": {"file": SimpleUploadedFile("d.txt", b"offline")},
            "set_language": {"language": "en"},
            "colleague_disabling": {"confirmed": "1"},
            "manage:responsible_strike": {"confirmed": "1", "reason": "left"},
        }

    def _acts(self) -> dict[str, dict[str, Any]]:
        cast = self.cast
        reason = {"reason": "Так вышло"}
        return {
            "comment": {"body": "Да"},
            "correct": {"message": self.names["message"], "body": "Иначе"},
            "remove-message": {"message": self.names["message"]},
            "remove-file": {"file": self.names["file"]},
            "details": {"site": cast.site.pk, "expected": "Этикетка"},
            "watch": {"on": "1"},
            "reject-solution": {"body": "Не помогло"},
            "withdraw": reason,
            "reopen": reason,
            "join": {"note": "И у нас"},
            "hand-over": {"to_user": cast.users["colleague"].pk},
            "propose-criticality": {"criticality": "critical", **reason},
            "reply": {"what": "question", "body": "Какая модель?"},
            "schedule": {"target": "4.13.0", "on": date(2026, 12, 20).isoformat()},
            "suspend": {"waiting_for": "third_party", **reason},
            "retract": reason,
            "record-reaction": {"by_person": cast.users["engineer"].pk, "said": "Не помогло"},
            "undo-duplicate": reason,
            "assign": {"assignee": cast.users["agent"].pk},
            "reclassify": {"type": "bug", "criticality": "non_critical", **reason},
            "outside-support": reason,
            "within-support": reason,
            "link-known-error": {"known_error": cast.known_error.pk},
            "unlink-known-error": reason,
            "link": {"other": self.tickets["closed"].key},
            "unlink": {"link": self.names["link"]},
            "link-article": {"article": self.names["public_article"]},
            "developers-task": {"url": "https://dev.example.org/7"},
            **self._service_acts(reason),
        }

    def _service_acts(self, reason: dict[str, str]) -> dict[str, dict[str, Any]]:
        one = self.services
        work = {"service": "remote_analysis", "minutes": "30", "worked_on": NOW.date().isoformat()}
        proposed, agreed = {"session": one["proposed"]}, {"session": one["agreed"]}
        said = {"answer": "consent", "by_person": self.cast.users["engineer"].pk, "said": "Да"}
        times = {"starts_at": "2026-11-20T10:00", "ends_at": "2026-11-20T11:00"}
        return {
            "log-work": work,
            "correct-work": {**work, "work": one["work"], **reason},
            "withdraw-work": {"work": one["work"], **reason},
            "propose-session": {**times, "tool": "AnyDesk", "target": "Терминал", "purpose": "Настройка"},
            "consent-session": proposed,
            "refuse-session": proposed,
            "session-answer": {**proposed, **said},
            "start-session": {**agreed, **reason},
            "end-session": {"session": one["running"], "outcome": "done", "changed": "Ничего"},
            "cancel-session": {**proposed, **reason},
            "session-no-show": {**agreed, "absent": "customer"},
        }


def url_names() -> set[str]:
    """Every named address of the site, with its namespace."""
    return set(_names(get_resolver(), ""))


def _names(resolver: URLResolver, namespace: str) -> list[str]:
    found: list[str] = []
    for each in resolver.url_patterns:
        if isinstance(each, URLPattern):
            assert each.name, f"{each.pattern} has no name: the table cannot list it"
            found.append(f"{namespace}{each.name}")
        else:
            found += _names(each, f"{namespace}{each.namespace}:" if each.namespace else namespace)
    return found
