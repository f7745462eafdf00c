"""Linking an account with the organisation's own sign-in, and undoing it."""

from threading import Barrier, Thread
from typing import Any

import pytest
from django.db import IntegrityError, connection, transaction

from mespace.accounts.actor import Refused
from mespace.accounts.errors import (
    AccountDisabled,
    AddressNotVerified,
    LinkedWithAnother,
    NotLinked,
    NotOfOrganisation,
    PersonNotFound,
)
from mespace.accounts.models import SignIn, User
from mespace.accounts.operations._linking import link
from mespace.accounts.operations.come_in_by_organisation import CameIn, come_in_by_organisation
from mespace.accounts.operations.unlink_organisation import unlink_organisation
from mespace.platform.clock import now
from mespace.platform.oidc.provider import Identity, Provider
from tests.cast import Cast, make_cast

ISSUER = "https://sso.zavod.example"
ZAVOD = Provider("zavod", "Завод", "Plant", ISSUER, "mespace", "secret", "ZAVOD")


@pytest.fixture(autouse=True)
def _set_up(settings: Any) -> None:
    settings.OIDC_PROVIDERS = {"zavod": ZAVOD}


def said(subject: str = "1", email: str = "colleague@example.org", *, verified: bool = True) -> Identity:
    return Identity(ISSUER, subject, email, verified, frozenset(), None)


def come_in(identity: Identity) -> CameIn:
    return come_in_by_organisation(provider=ZAVOD, identity=identity, now=now())


def jobs() -> int:
    with connection.cursor() as cursor:
        cursor.execute("select count(*) from procrastinate_jobs where task_name = 'customers.credentials_given'")
        return int(cursor.fetchone()[0])


def test_coming_in_twice_links_once_and_gives_credentials_once(cast: Cast) -> None:
    colleague = cast.users["colleague"]
    colleague.set_unusable_password()
    colleague.save()
    first, second = come_in(said()), come_in(said(email="changed@example.org", verified=False))
    assert (first.user, first.newly, second.user, second.newly) == (colleague, True, colleague, False)
    assert jobs() == 1


def test_whoever_had_a_password_is_given_nothing_anew(cast: Cast) -> None:
    assert come_in(said()).newly
    assert jobs() == 0


def test_each_refusal_has_its_name_and_writes_nothing(cast: Cast) -> None:
    User.objects.filter(email="far_colleague@example.org").update(is_active=False)
    for identity, refusal in (
        (said(verified=False), AddressNotVerified),
        (said(email=""), AddressNotVerified),
        (said(email="nobody@example.org"), PersonNotFound),
        (said(email="stranger@example.org"), NotOfOrganisation),
        (said(email="agent@example.org"), NotOfOrganisation),
        (said(email="far_colleague@example.org"), AccountDisabled),
    ):
        with pytest.raises(refusal):
            come_in(identity)
    assert not User.objects.exclude(oidc_subject="").exists()
    come_in(said())
    with pytest.raises(LinkedWithAnother):
        come_in(said(subject="2"))


def test_two_invitations_accepted_as_one_person_at_once_are_one_link(cast: Cast) -> None:
    come_in(said())
    with pytest.raises(LinkedWithAnother):  # the database has the last word
        link(cast.users["engineer"], said(), now=now())


def test_the_database_holds_one_account_for_a_subject_and_no_half_link(cast: Cast) -> None:
    come_in(said())
    pk = cast.users["engineer"].pk
    for changes in (
        {"oidc_issuer": ISSUER, "oidc_subject": "1", "oidc_linked_at": now()},
        {"oidc_subject": "2"},
        {"oidc_issuer": ISSUER, "oidc_subject": "3"},
        {"oidc_linked_at": now()},
    ):
        with pytest.raises(IntegrityError), transaction.atomic():
            User.objects.filter(pk=pk).update(**changes)


def test_who_may_undo_a_link_and_who_may_not(cast: Cast) -> None:
    come_in(said())
    pk = cast.users["colleague"].pk
    for who, refusal in (
        ("engineer", Refused),
        ("colleague", Refused),
        ("stranger", Refused),
        ("agent", Refused),
        ("contractor", Refused),
        ("director", Refused),
        ("auditor", Refused),
    ):
        with pytest.raises(refusal):
            unlink_organisation(actor=cast.actors[who], now=now(), user_id=pk)
    with pytest.raises(PersonNotFound):
        unlink_organisation(actor=cast.responsible, now=now(), user_id=cast.users["stranger"].pk)
    with pytest.raises(Refused):
        unlink_organisation(actor=cast.manager, now=now(), user_id=cast.users["agent"].pk)
    for who in ("administrator", "manager", "responsible"):
        with pytest.raises(NotLinked):
            unlink_organisation(actor=cast.actors[who], now=now(), user_id=cast.users["engineer"].pk)
        unlink_organisation(actor=cast.actors[who], now=now(), user_id=pk)
        come_in(said())


def test_a_link_undone_ends_every_session(cast: Cast) -> None:
    before = come_in(said()).user.get_session_auth_hash()
    after = unlink_organisation(actor=cast.administrator, now=now(), user_id=cast.users["colleague"].pk)
    assert after.get_session_auth_hash() != before
    assert list(SignIn.objects.values_list("kind", "user_id")) == [("unlinked", after.pk)]


def test_two_first_clicks_at_once_are_one_link(own_database: Any) -> None:
    make_cast()
    ready, came = Barrier(2), []

    def click() -> None:
        try:
            ready.wait(10)
            came.append(come_in(said()).newly)
        finally:
            connection.close()

    threads = [Thread(target=click) for _ in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(30)
    assert sorted(came) == [False, True]
