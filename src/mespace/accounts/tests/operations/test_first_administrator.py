import threading
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.db import connection

from mespace.accounts.errors import AdministratorExists
from mespace.accounts.models import User
from mespace.accounts.operations.create_first_administrator import create_first_administrator
from tests.cast import WEDNESDAY

FIRST = {"email": "root@example.org", "full_name": "Первый", "password": "лампа трактор озеро 7", "now": WEDNESDAY}


@pytest.mark.django_db
def test_one_and_no_more() -> None:
    user = create_first_administrator(**FIRST)
    assert user.roles == ["administrator", "manager"]  # or nobody could create the first customer
    assert user.check_password(FIRST["password"])
    with pytest.raises(AdministratorExists):
        create_first_administrator(**FIRST | {"email": "second@example.org"})
    User.objects.update(is_active=False)
    with pytest.raises(AdministratorExists):
        create_first_administrator(**FIRST | {"email": "second@example.org"})


@pytest.mark.django_db
@pytest.mark.parametrize(("field", "value"), [("password", "weak"), ("email", "x"), ("full_name", "")])
def test_junk_is_refused_by_field_and_leaves_nothing(field: Any, value: Any) -> None:
    with pytest.raises(ValidationError) as refusal:
        create_first_administrator(**FIRST | {field: value})
    assert list(refusal.value.message_dict) == [field]
    assert not User.objects.exists()


def test_two_at_once_make_one(own_database: Any) -> None:
    outcomes, start = [], threading.Barrier(3)

    def create(number: int) -> None:
        start.wait()
        try:
            create_first_administrator(**FIRST | {"email": f"{number}@example.org"})
            outcomes.append("created")
        except AdministratorExists:
            outcomes.append("refused")
        finally:
            connection.close()

    threads = [threading.Thread(target=create, args=[number]) for number in range(3)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(outcomes) == ["created", "refused", "refused"]
