"""The addresses of one's own work and of the rule book."""

from django.urls import path

from . import views

app_name = "portal"

urlpatterns = [
    path("", views.home, name="home"),
    path("rules/", views.rules_in_force, name="rules-in-force"),
    path("rules/<slug:version>/", views.rule_book, name="rule-book"),
]
