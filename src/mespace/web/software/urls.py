"""Addresses of the pages about software that customers and staff share."""

from django.urls import path

from mespace.web.software import filing, known_error, passport, passport_edit, releases

urlpatterns = [
    path("sites/", passport.sites, name="sites"),
    path("sites/<int:site_id>/passport/", passport.site_passport, name="site_passport"),
    path("sites/<int:site_id>/passport/<int:product_id>/", passport_edit.passport_edit, name="passport_edit"),
    path("known-errors/<int:known_error_id>/", known_error.known_error, name="known_error"),
    path("releases/", releases.releases, name="releases"),
    path("releases/<int:build_id>/", releases.release, name="release"),
    path("tickets/passport/", filing.filing_passport, name="filing_passport"),
]
