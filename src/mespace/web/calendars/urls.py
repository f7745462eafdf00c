"""Addresses of the pages by which managers change calendars."""

from django.urls import path

from mespace.web.calendars import adopt, effects, sources

app_name = "calendars"

urlpatterns = [
    path("<int:year>/proposal/", sources.proposal, name="proposal"),
    path("<int:year>/file/", sources.from_file, name="from_file"),
    path("<int:year>/day/", sources.by_hand, name="by_hand"),
    path("<int:year>/adoption/", adopt.adoption, name="adopt"),
    path("editions/<str:code>/effects/", effects.effects_of, name="effects"),
]
