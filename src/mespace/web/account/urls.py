"""Addresses of the account pages and of the pages about people."""

from allauth.account import views as allauth_views
from django.urls import URLPattern, URLResolver, include, path
from django.views.generic import RedirectView

from mespace.web.account import colleagues, language, password_change, password_link, password_reset, profile
from mespace.web.account.organisation import views as organisation
from mespace.web.account.people import one, several
from mespace.web.account.sessions import Sessions
from mespace.web.account.sign_in import SignIn

account_urlpatterns: list[URLPattern | URLResolver] = [
    path("", RedirectView.as_view(pattern_name="account_profile"), name="account_home"),
    path("login/", SignIn.as_view(), name="account_login"),
    path("logout/", allauth_views.logout, name="account_logout"),
    path("inactive/", allauth_views.account_inactive, name="account_inactive"),
    path("reauthenticate/", allauth_views.reauthenticate, name="account_reauthenticate"),
    path("password/", password_change.password_change, name="account_change_password"),
    path("password/reset/", password_reset.password_reset, name="account_reset_password"),
    path("password/reset/done/", password_reset.password_reset_done, name="account_reset_password_done"),
    path("link/<str:token>/", password_link.password_link, name="account_password_link"),
    path("link/<str:token>/by/<slug:key>/", organisation.begin_invited, name="organisation_begin_invited"),
    path("confirm/", organisation.confirm, name="organisation_confirm"),
    path("by/<slug:key>/", organisation.begin, name="organisation_begin"),
    path("by/<slug:key>/back/", organisation.back, name="organisation_back"),
    path("profile/", profile.profile, name="account_profile"),
    path("language/", language.set_language, name="set_language"),
    path("colleagues/", colleagues.colleagues_list, name="colleagues"),
    path("colleagues/new/", colleagues.colleague_new, name="colleague_new"),
    path("colleagues/<int:user_id>/sites/", colleagues.colleague_sites, name="colleague_sites"),
    path("colleagues/<int:user_id>/invitation/", colleagues.colleague_invitation, name="colleague_invitation"),
    path("colleagues/<int:user_id>/organisation/", colleagues.colleague_organisation, name="colleague_organisation"),
    path("colleagues/<int:user_id>/disabling/", colleagues.colleague_disabling, name="colleague_disabling"),
    path("colleagues/<int:user_id>/enabling/", colleagues.colleague_enabling, name="colleague_enabling"),
    path("sessions/", Sessions.as_view(), name="usersessions_list"),
    path("2fa/", include("allauth.mfa.urls")),
]

people_urlpatterns: list[URLPattern | URLResolver] = [
    path("", several.people_list, name="people_list"),
    path("new/", several.people_new, name="people_new"),
    path("sign-ins/", several.people_sign_ins, name="people_sign_ins"),
    path("<int:user_id>/", one.person, name="people_person"),
    path("<int:user_id>/profile/", one.edit, name="people_edit"),
    path("<int:user_id>/roles/", one.roles, name="people_roles"),
    path("<int:user_id>/invitation/", one.invitation, name="people_invitation"),
    path("<int:user_id>/reset-link/", one.make_reset_link, name="people_reset_link"),
    path("<int:user_id>/second-factor/", one.second_factor, name="people_second_factor"),
    path("<int:user_id>/organisation/", one.organisation, name="people_organisation"),
    path("<int:user_id>/disabling/", one.disabling, name="people_disabling"),
    path("<int:user_id>/enabling/", one.enabling, name="people_enabling"),
]
