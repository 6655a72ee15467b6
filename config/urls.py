"""Addresses of the whole site."""

from django.urls import include, path

urlpatterns = [
    path("", include("core.ui.urls")),
    path("", include("core.people.urls")),
    path("", include("core.workflow.urls")),
    path("", include("core.notifications.urls")),
    path("", include("core.documents.urls")),
    path("", include("proposals.urls")),
    path("", include("tasks.urls")),
    path("", include("reviews.urls")),
    path("", include("funds.urls")),
    path("", include("portal.urls")),
    path("account/", include("core.people.account_urls")),
]
