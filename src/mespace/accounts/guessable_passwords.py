"""Passwords that are long and yet among the first to be tried."""

import re

from django.contrib.auth.password_validation import CommonPasswordValidator
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from mespace.accounts.models import User

LEAST_CORE = 4  # letters; a shorter common word inside a password says nothing
RUSSIAN_KEYS = "йцукенгшщзхъфывапролджэячсмитьбю"
LATIN_KEYS = "qwertyuiop[]asdfghjkl;'zxcvbnm,."
TO_LATIN_LAYOUT = str.maketrans(RUSSIAN_KEYS, LATIN_KEYS)
LEET = str.maketrans("013457@$", "oleastas")
ROWS = (
    "1234567890",
    "qwertyuiop[]",
    "asdfghjkl;'",
    "zxcvbnm,./",
    "abcdefghijklmnopqrstuvwxyz",
    "абвгдежзийклмнопрстуфхцчшщъыьэюя",
    "1qaz2wsx3edc4rfv5tgb6yhn7ujm8ik,9ol.0p;/",
    "qazwsxedcrfvtgbyhnujmik,ol.p;/",
)
RUN = 4  # neighbours on the keyboard in a row, from which on they count as a walk

# What people at this very site would think of first, and Russian words that breaches are full of.
OWN_WORDS = frozenset(
    {
        "admin",
        "administrator",
        "letmein",
        "lubov",
        "mespace",
        "moscow",
        "parol",
        "password",
        "privet",
        "qwerty",
        "russia",
        "solnyshko",
        "support",
        "tseh",
        "welcome",
        "zavod",
        "агент",
        "администратор",
        "завод",
        "здравствуйте",
        "инженер",
        "йцукен",
        "любовь",
        "москва",
        "мэспейс",
        "пароль",
        "поддержка",
        "пользователь",
        "привет",
        "россия",
        "солнышко",
        "станок",
        "цех",
    }
)


class NotGuessableValidator(CommonPasswordValidator):
    """Refuses a common password with something stuck on, one in the other layout, walks on the keyboard, repetitions.

    It asks for no kinds of characters: length is what makes a password strong.
    """

    def validate(self, password: str, user: User | None = None) -> None:
        """Raise ValidationError for a password that would be guessed early."""
        del user
        text = password.lower().strip()
        if _repeats(text) or _walks(text) or self._is_dressed_up(text):
            raise ValidationError(self.get_error_message(), code="password_too_common")

    def get_error_message(self) -> str:
        """What is wrong, to the person who chose it."""
        return _("This password would be among the first to be guessed. Three or four unrelated words make a good one.")

    def get_help_text(self) -> str:
        """What is asked for, beside the field."""
        return _(
            "Not a well-known password, not a row of keys, not a repetition. Three or four unrelated words are good."
        )

    def _is_dressed_up(self, text: str) -> bool:
        spellings = {text, text.translate(TO_LATIN_LAYOUT), text.translate(LEET)}
        cores = {core for spelling in spellings for core in _cores(spelling)}
        words = set(re.findall(r"[^\W\d_]+", text))
        return (bool(words) and words <= OWN_WORDS) or any(
            core in OWN_WORDS or core in self.passwords for core in cores
        )


def _cores(text: str) -> set[str]:
    """The text itself, without digits and signs at its ends, what it repeats, and its word if there is only one."""
    bare = re.sub(r"^[\W\d_]+|[\W\d_]+$", "", text)
    words = set(re.findall(r"[^\W\d_]+", text))
    found = {text, bare} | (words if len(words) == 1 else set())
    if repeated := re.fullmatch(r"(.+?)\1+", bare):
        found.add(repeated[1])
    return {core for core in found if len(core) >= LEAST_CORE}


def _repeats(text: str) -> bool:
    """One piece of up to six characters over and over."""
    return re.fullmatch(r"(.{1,6}?)\1+.{0,5}", text) is not None and len(set(text)) <= len(text) // 2


def _walks(text: str) -> bool:
    """Hardly anything but neighbouring keys or letters of the alphabet, forwards or backwards."""
    latin = text.translate(TO_LATIN_LAYOUT)
    return any(_walked(spelling) >= len(spelling) * 3 / 4 for spelling in {text, latin})


def _walked(text: str) -> int:
    """How many of the characters belong to a run along one of the rows."""
    covered = set[int]()
    for row in (*ROWS, *(row[::-1] for row in ROWS)):
        pairs = {row[at : at + 2] for at in range(len(row) - 1)}
        start = 0
        for at in range(1, len(text) + 1):
            if at == len(text) or text[at - 1 : at + 1] not in pairs:
                if at - start >= RUN:
                    covered.update(range(start, at))
                start = at
    return len(covered)
