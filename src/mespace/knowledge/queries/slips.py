"""What a mistyped text meant: words a slip of a finger away from known ones, or the other keyboard."""

from collections.abc import Iterable, Sequence

from mespace.knowledge.models import WordWithout
from mespace.knowledge.search import SHORTEST, known_words, one_letter_less
from mespace.platform.prepared import Given, Prepared
from mespace.platform.search import lemma_of, words_of

MOST_STRANGE = 6  # words that are mended; a text with more is in another language, or no text
KEYBOARD = str.maketrans("qwertyuiop[]asdfghjkl;'zxcvbnm,.`", "йцукенгшщзхъфывапролджэячсмитьбюё")

_NEAR = Prepared(
    lambda: WordWithout.objects.filter(without__any=Given("forms")).values_list("without", "word_id", "word__articles")
)


def mended(text: str) -> str:
    """The text with each word that no article knows replaced by the known word a slip of a finger away, or ""."""
    words = [word for word in words_of(text) if len(word) >= SHORTEST]
    known = known_words([*words, *(lemma_of(word) for word in words)])
    strange = [word for word in words if word not in known and lemma_of(word) not in known]
    meant = _nearest(strange[:MOST_STRANGE])
    if not meant:
        return ""
    return " ".join(meant.get(word.lower().replace("ё", "е"), word) for word in text.split())


def _nearest(words: Sequence[str]) -> dict[str, str]:
    """For each word the commonest known one of which one letter is missing, too many, another, or in the wrong place.

    One statement: two words that share a form with a letter left out are a slip apart, which an index finds.
    """
    forms = {word: one_letter_less(word) for word in words}
    if not forms:
        return {}
    by_form: dict[str, list[tuple[int, str]]] = {}
    for form, known, articles in _NEAR.rows(forms=sorted(set().union(*forms.values()))):
        by_form.setdefault(form, []).append((articles, known))
    near = {
        word: _commonest(word, (one for form in own for one in by_form.get(form, ()))) for word, own in forms.items()
    }
    return {word: known for word, known in near.items() if known}


def _commonest(typed: str, candidates: Iterable[tuple[int, str]]) -> str:
    return max(((count, known) for count, known in candidates if is_near(typed, known)), default=(0, ""))[1]


def is_near(typed: str, known: str) -> bool:
    """Whether one slip leads from one word to the other (optimal string alignment distance 1)."""
    if typed == known:
        return False
    shorter, longer = sorted((typed, known), key=len)
    start = 0
    while start < len(shorter) and shorter[start] == longer[start]:
        start += 1
    if len(shorter) < len(longer):
        return len(longer) - len(shorter) == 1 and shorter[start:] == longer[start + 1 :]
    if shorter[start + 1 :] == longer[start + 1 :]:
        return True
    swapped = longer[start + 1 : start + 2] + longer[start : start + 1]
    return shorter[start : start + 2] == swapped and shorter[start + 2 :] == longer[start + 2 :]


def other_keyboard(text: str) -> str:
    """What was meant by Russian words typed on the Latin keyboard, or ""."""
    meant = text.lower().translate(KEYBOARD)
    return meant if meant != text.lower() and not any(letter.isdigit() for letter in text) else ""
