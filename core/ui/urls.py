"""Language switch and style guide."""

from django.urls import path

from core.ui import views

app_name = "ui"
urlpatterns = [
    path("language/", views.language, name="language"),
    path("style-guide/", views.styleguide, name="styleguide"),
    path("style-guide/<slug:page>/", views.styleguide, name="styleguide-page"),
]
