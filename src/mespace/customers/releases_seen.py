"""Releases as customers see them, and as a subject of news: published builds of software that the customer uses."""

from collections.abc import Collection, Mapping

from django.db.models import Q, QuerySet
from django.urls import reverse
from django.utils.translation import gettext as _

from mespace.accounts.actor import Actor
from mespace.accounts.permissions import Permission
from mespace.accounts.subjects import About, Subject, Words
from mespace.products.models import Build

RELEASE = "release"


def releases_seen(actor: Actor) -> "QuerySet[Build]":
    """Published builds: all for readers of the catalogue, for a customer those of software that it has or had."""
    rows = Build.objects.filter(published_at__isnull=False)
    if actor.can(Permission.PRODUCTS_READ):
        return rows
    if not actor.can(Permission.INSTALLATIONS_READ) or actor.customer_id is None:
        return rows.none()
    installed = Q(version__product__installations__site__customer=actor.customer_id)
    covered = Q(version__product__contracts__customer=actor.customer_id)
    return rows.filter(installed | covered).distinct()


def release_words(actor: Actor, news: Collection[About]) -> Mapping[About, Words]:
    """`MES Line 4.13.0 is released`, with its page and its notes; one statement."""
    rows = releases_seen(actor).filter(pk__in={about.subject_id for about in news}).select_related("version__product")
    found = {build.pk: build for build in rows}
    return {about: _words(found[about.subject_id]) for about in news if about.subject_id in found}


def _words(build: Build) -> Words:
    title = _("%(product)s %(build)s is released") % {
        "product": build.version.product.name,
        "build": build.full_number,
    }
    return Words(title, reverse("release", args=[build.pk]), build.notes)


SUBJECT = Subject(RELEASE, releases_seen, release_words)
