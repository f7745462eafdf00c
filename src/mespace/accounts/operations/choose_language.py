"""Choose the language of one's own pages and mails."""

from django.core.exceptions import ValidationError

from mespace.accounts.actor import Actor
from mespace.accounts.models import LANGUAGES, User


def choose_language(*, actor: Actor, language: str) -> None:
    """Pages and mails speak `language` from the next one on. Raises ValidationError for an unknown code."""
    if language not in dict(LANGUAGES):
        raise ValidationError({"language": language})
    User.objects.filter(pk=actor.user_id or 0).update(language=language)
