from typing import Any

import pytest
from django.core.exceptions import ValidationError

from mespace.accounts.actor import NOBODY, Refused
from mespace.accounts.errors import PersonNotFound
from mespace.accounts.models import User
from mespace.accounts.operations.choose_language import choose_language
from mespace.accounts.operations.update_profile import update_profile

NEW = {
    "full_name": " Анна  Ли ",
    "job_title": "технолог",
    "phone": "+7 351 000-00-00",
    "language": "en",
    "time_zone": "Asia/Yekaterinburg",
}


def test_ones_own(cast: Any) -> None:
    user = update_profile(actor=cast.engineer, **NEW)
    user.refresh_from_db()
    assert (user.full_name, user.job_title, user.language) == ("Анна Ли", "технолог", "en")
    assert user.time_zone == "Asia/Yekaterinburg"


def test_an_administrator_corrects_a_name_and_others_do_not(cast: Any) -> None:
    assert update_profile(actor=cast.administrator, user_id=cast.agent.user_id, **NEW).full_name == "Анна Ли"
    with pytest.raises(Refused):
        update_profile(actor=cast.agent, user_id=cast.second_agent.user_id, **NEW)
    with pytest.raises(PersonNotFound):
        update_profile(actor=cast.responsible, user_id=cast.stranger.user_id, **NEW)
    with pytest.raises(PersonNotFound):
        update_profile(actor=NOBODY, **NEW)


@pytest.mark.parametrize(
    ("field", "value"), [("full_name", ""), ("language", "de"), ("time_zone", "Mars"), ("phone", "1" * 51)]
)
def test_junk_is_refused_by_field(cast: Any, field: Any, value: Any) -> None:
    with pytest.raises(ValidationError) as refusal:
        update_profile(actor=cast.engineer, **NEW | {field: value})
    assert list(refusal.value.message_dict) == [field]
    assert User.objects.get(pk=cast.engineer.user_id).full_name == "Engineer"


def test_the_language_alone(cast: Any) -> None:
    choose_language(actor=cast.agent, language="en")
    assert User.objects.get(pk=cast.agent.user_id).language == "en"
    with pytest.raises(ValidationError):
        choose_language(actor=cast.agent, language="xx")
