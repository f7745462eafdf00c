"""One's own sessions."""

from typing import Any

from allauth.usersessions.views import ListUserSessionsView

BROWSERS = (
    ("Edg/", "Edge"),
    ("OPR/", "Opera"),
    ("YaBrowser/", "Яндекс Браузер"),
    ("Firefox/", "Firefox"),
    ("Chrome/", "Chrome"),
    ("Safari/", "Safari"),
)
SYSTEMS = (
    ("Android", "Android"),
    ("iPhone", "iPhone"),
    ("iPad", "iPad"),
    ("Windows", "Windows"),
    ("Mac OS X", "macOS"),
    ("Linux", "Linux"),
)


class Sessions(ListUserSessionsView):  # type: ignore[misc] # allauth has no types
    """The list, the present session first; one button ends all others."""

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """What the template shows."""
        found: dict[str, Any] = super().get_context_data(**kwargs)
        rows = [
            {"is_current": session.is_current(), "device": device_words(session.user_agent), "session": session}
            for session in found["sessions"]
        ]
        rows.sort(key=lambda row: (not row["is_current"], -row["session"].created_at.timestamp()))
        found["rows"] = rows
        return found


def device_words(user_agent: str) -> str:
    """`Firefox · Linux` for a browser's long name of itself; its beginning when it is none that we know."""
    browser = next((name for mark, name in BROWSERS if mark in user_agent), "")
    system = next((name for mark, name in SYSTEMS if mark in user_agent), "")
    return " · ".join(part for part in (browser, system) if part) or user_agent[:60]
