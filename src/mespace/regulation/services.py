"""The service catalogue of clause 6.3: the nine codes by which work on tickets is named."""

from django.db import models
from django.utils.translation import pgettext_lazy


class Service(models.TextChoices):
    """What support does for a customer, in the regulation's order."""

    INSTALLATION_ADVICE = "installation_advice", pgettext_lazy("service", "Advice on installation and settings")
    ADMINISTRATION_ADVICE = "administration_advice", pgettext_lazy("service", "Advice on running the components")
    KIT_RESTORING = "kit_restoring", pgettext_lazy("service", "Restoring a purchased kit")
    RECOVERY_ADVICE = "recovery_advice", pgettext_lazy("service", "Advice on recovering components")
    UPGRADE_ADVICE = "upgrade_advice", pgettext_lazy("service", "Advice on upgrading builds")
    KNOWLEDGE_BASE = "knowledge_base", pgettext_lazy("service", "Access to the knowledge base")
    IMPROVEMENT = "improvement", pgettext_lazy("service", "Proposals for improvement")
    REMOTE_ANALYSIS = "remote_analysis", pgettext_lazy("service", "Remote analysis by specialists")
    REMOTE_UPGRADE = "remote_upgrade", pgettext_lazy("service", "Remote upgrade of the version")


NUMBERS: dict[str, int] = {code: number for number, code in enumerate(Service.values, 1)}


def service_name(code: str) -> str:
    """`8. Remote analysis by specialists`, in the present language."""
    return f"{NUMBERS[code]}. {Service(code).label}"
