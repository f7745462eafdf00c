"""The sign-in page."""

from typing import Any

from allauth.account.views import LoginView
from django.conf import settings

from mespace.web.account.demo_sign_ins import demo_sign_ins
from mespace.web.account.organisation.buttons import for_strangers


class SignIn(LoginView):  # type: ignore[misc] # allauth has no types
    """allauth's, with the organisations' own sign-ins, and the demo's people beneath the form."""

    is_public = True

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """What the template shows."""
        found: dict[str, Any] = super().get_context_data(**kwargs)
        found["demo_sign_ins"] = demo_sign_ins()
        found["organisations"] = for_strangers(self.request)
        found["emergency_phone"] = settings.EMERGENCY_PHONE
        return found
