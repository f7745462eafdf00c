from typing import Any

import pytest
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError

from mespace.accounts.models import User


@pytest.mark.parametrize(
    "password",
    [
        "password1234",
        "Password2026!",
        "P@ssw0rd!!2026",
        "qwertyuiop[]",
        "йцукенгшщзхъ",
        "qwerty123456789",
        "1q2w3e4r5t6y7u8i",
        "1qaz2wsx3edc",
        "abcabcabcabc",
        "aaaaaaaaaaaaaaaa",
        "зфыыцщквзфыыцщкв",
        "Администратор2026",
        "mespace-2026-support",
        "ghbdtnghbdtn",
        "zyxwvutsrqponml",
        "dragon!!!!!!!!!",
    ],
)
def test_long_and_yet_guessed_early(password: Any) -> None:
    with pytest.raises(ValidationError):
        validate_password(password)


@pytest.mark.parametrize(
    "password",
    [
        "correct horse battery staple",
        "лампа трактор озеро 7",
        "kJ8#mQz!p2Lw",
        "Семь станков у окна",
        "fresa-lampa-9-oblako",
        "the quick brown fox",
    ],
)
def test_good_ones_of_any_composition(password: Any) -> None:
    validate_password(password)


def test_not_like_the_person() -> None:
    with pytest.raises(ValidationError):
        validate_password("ivan.petrovich.sidorov", User(email="ivan.petrovich.sidorov@example.org", full_name="Иван"))
