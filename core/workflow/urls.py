"""Addresses of steps: public codes, never primary keys."""

from django.urls import path

from . import confirmation_views, correction_views, views

app_name = "workflow"

urlpatterns = [
    path("adoptions/<slug:kind>/<str:code>/confirm/", confirmation_views.adoption_confirm, name="adoption-confirm"),
    path("adoptions/<slug:kind>/<str:code>/refuse/", confirmation_views.adoption_refuse, name="adoption-refuse"),
    path("corrections/<slug:kind>/<str:code>/data/", correction_views.data_correction_ask, name="correction-data"),
    path("corrections/<slug:kind>/<str:code>/ask/", correction_views.correction_ask, name="correction-ask"),
    path(
        "corrections/<slug:kind>/<str:code>/undo/",
        correction_views.correction_decide,
        {"answer": "undo"},
        name="correction-undo",
    ),
    path(
        "corrections/<slug:kind>/<str:code>/keep/",
        correction_views.correction_decide,
        {"answer": "keep"},
        name="correction-keep",
    ),
    path("steps/<slug:kind>/<str:code>/<slug:step>/", views.step_take, name="step-take"),
]
