"""Addresses of the pages about software that customers and staff share."""

from django.urls import path

from mespace.web.software import filing, passport, passport_edit

urlpatterns = [
    path("sites/", passport.sites, name="sites"),
    path("sites/<int:site_id>/passport/", passport.site_passport, name="site_passport"),
    path("sites/<int:site_id>/passport/<int:product_id>/", passport_edit.passport_edit, name="passport_edit"),
    path("tickets/passport/", filing.filing_passport, name="filing_passport"),
]
