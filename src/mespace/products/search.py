"""The search index of known errors."""

from django.db.models import Expression

from mespace.platform.search import vector
from mespace.products.models import KnownError, KnownErrorEntry


def index_known_error(error: KnownError) -> None:
    """Make the known error findable by what it says now; two statements at most."""
    words = words_of_error(error)
    if not KnownErrorEntry.objects.filter(pk=error.pk).update(words=words):
        KnownErrorEntry.objects.create(known_error=error, words=words)


def words_of_error(error: KnownError) -> Expression:
    """Its vector: code and title weigh most, then what is seen, then the workaround."""
    return vector(a=f"{error.code} {error.title}", b=error.description, c=error.workaround)
