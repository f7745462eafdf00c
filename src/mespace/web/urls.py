"""All addresses of the product, by audience."""

from django.conf import settings
from django.urls import URLPattern, URLResolver, include, path

from mespace.web import errors
from mespace.web.account.urls import account_urlpatterns, people_urlpatterns
from mespace.web.announcements.feed import own_calendar
from mespace.web.contracts import contract_file
from mespace.web.home import home

urlpatterns: list[URLPattern | URLResolver] = [
    path("", home, name="home"),
    path("contracts/files/<int:pk>/", contract_file, name="contract_file"),
    path("", include("mespace.web.acts.urls")),
    path("", include("mespace.web.portal.urls")),
    path("", include("mespace.web.notices.urls")),
    path("", include("mespace.web.software.urls")),
    path("kb/", include("mespace.web.knowledge.urls")),
    path("announcements/", include("mespace.web.announcements.urls")),
    path("status/", include("mespace.web.status.urls")),
    path("status/calendar/<str:secret>/maintenance.ics", own_calendar, name="own_calendar"),
    path("account/", include(account_urlpatterns)),
    path("people/", include(people_urlpatterns)),
    path("calendars/", include("mespace.web.calendars.urls")),
    path("regulation/", include("mespace.web.regulation.urls")),
    path("duty/", include("mespace.web.duty.urls")),
    path("audit/", include("mespace.web.audit.urls")),
    path("ledger/", include("mespace.web.ledger.urls")),
    path("oversight/", include("mespace.web.oversight.urls")),
    path("reports/", include("mespace.web.reports.urls")),
    path("manage/", include("mespace.web.manage.urls")),
    path("desk/", include("mespace.web.desk.urls")),
    path("inbound/", include("mespace.web.inbound.urls")),
]

if settings.DEBUG or settings.DEMO or settings.CLOCK_CAN_BE_STEPPED:
    urlpatterns.append(path("styleguide/", include("mespace.web.styleguide")))

handler400 = errors.bad_request
handler403 = errors.forbidden
handler404 = errors.not_found
handler500 = errors.server_error
