"""Language switch, what browsers report, and style guide."""

from django.urls import path

from core.ui import views

app_name = "ui"
urlpatterns = [
    path("language/", views.language, name="language"),
    path("csp-report/", views.csp_report, name="csp-report"),
    path("style-guide/", views.styleguide, name="styleguide"),
    path("style-guide/<slug:page>/", views.styleguide, name="styleguide-page"),
]
