"""What `mespace doctor` finds out about the organisations' own sign-ins."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from urllib.parse import urlsplit

from mespace.accounts.organisation import providers
from mespace.customers.models import Project
from mespace.platform import clock
from mespace.platform.environment import Environment
from mespace.platform.oidc import discovery
from mespace.platform.oidc.configuration import is_on_this_machine, variable
from mespace.platform.oidc.fetch import server_time
from mespace.platform.oidc.id_token import ALGORITHMS, LEEWAY
from mespace.platform.oidc.provider import AnswerRefused, Provider, ProviderUnreachable


@dataclass(frozen=True)
class Found:
    """One sentence; `wrong` if it must be mended."""

    wrong: bool
    text: str


def examined() -> Iterator[Found]:
    """What is wrong with each provider; nothing where none is set up."""
    found = list(providers().values())
    base_url = Environment.read().base_url
    if found and urlsplit(base_url).scheme == "http" and not is_on_this_machine(urlsplit(base_url).hostname or ""):
        yield Found(True, f"people come back from their organisation to {base_url}, which is not protected by TLS.")
    for provider in found:
        yield from _one(provider, clock.now())


def _one(provider: Provider, now: datetime) -> Iterator[Found]:
    name = variable(provider.key, "ISSUER")
    if not provider.is_for_staff and not Project.objects.filter(code=provider.organisation).exists():
        yield Found(
            True,
            f"{variable(provider.key, 'ORGANISATION')}={provider.organisation}: no customer's project has that code, "
            "so nobody can come in by it.",
        )
    discovery.forget()
    try:
        at = discovery.endpoints(provider)
        keys = discovery.keys(at, key_id=None)
    except ProviderUnreachable as failure:
        yield Found(True, f"{provider.key}: {failure}. Look at {name} and at the way there (proxy, certificate).")
        return
    except AnswerRefused as refusal:
        yield Found(True, f"{provider.key}: {refusal}. Set {name} to what the provider calls itself, letter by letter.")
        return
    if not any(each.get("kty") in ALGORITHMS.values() for each in keys):
        yield Found(True, f"{provider.key}: it publishes no key that we can check a signature by (RSA or EC).")
    theirs = server_time(provider.issuer.rstrip("/") + discovery.WELL_KNOWN)
    if theirs is not None and abs(apart := (theirs - now).total_seconds()) > LEEWAY:
        yield Found(True, f"{provider.key}: its clock differs from ours by {apart:+.0f} s: run a time service on both.")
