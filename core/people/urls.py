"""Addresses of people, organisations and authorities. Codes, never primary keys."""

from django.urls import path

from . import views

app_name = "people"
urlpatterns = [
    path("profile/", views.profile, name="profile"),
    path("profile/edit/", views.profile_edit, name="profile-edit"),
    path("demo-sign-in/", views.demo_sign_in, name="demo-sign-in"),
    path("people/", views.person_list, name="person-list"),
    path("people/new/", views.person_create, name="person-create"),
    path("people/<slug:code>/", views.person_detail, name="person-detail"),
    path("people/<slug:code>/edit/", views.person_edit, name="person-edit"),
    path("people/<slug:code>/invite/", views.person_invite, name="person-invite"),
    path("people/<slug:code>/deactivate/", views.person_deactivate, name="person-deactivate"),
    path("people/<slug:code>/reactivate/", views.person_reactivate, name="person-reactivate"),
    path("people/<slug:code>/roles/new/", views.membership_create, name="membership-create"),
    path("roles/<slug:code>/end/", views.membership_end, name="membership-end"),
    path("rights/", views.rights_list, name="rights-list"),
    path("rights/<slug:code>/", views.rights_detail, name="rights-detail"),
    path("rights/<slug:code>/confirm/", views.rights_confirm, name="rights-confirm"),
    path("rights/<slug:code>/refuse/", views.rights_refuse, name="rights-refuse"),
    path("organisations/", views.organisation_list, name="organisation-list"),
    path("organisations/new/", views.organisation_create, name="organisation-create"),
    path("organisations/<slug:code>/", views.organisation_detail, name="organisation-detail"),
    path("organisations/<slug:code>/rename/", views.organisation_rename, name="organisation-rename"),
    path("organisations/<slug:code>/succeed/", views.organisation_succeed, name="organisation-succeed"),
    path("authorities/", views.authority_list, name="authority-list"),
    path("authorities/new/", views.authority_create, name="authority-create"),
    path("authorities/<slug:code>/", views.authority_detail, name="authority-detail"),
    path("authorities/<slug:code>/delegate/", views.authority_delegate, name="authority-delegate"),
    path("authorities/<slug:code>/end/", views.authority_end, name="authority-end"),
]
