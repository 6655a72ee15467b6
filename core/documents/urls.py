"""Addresses of papers and files: codes that cannot be guessed, never primary keys."""

from django.urls import path

from . import register_views, views

app_name = "documents"

urlpatterns = [
    path("documents/", views.document_list, name="document-list"),
    path("documents/register/", register_views.register_now, name="register"),
    path("documents/register/<int:year>/<int:month>/", register_views.register_month, name="register-month"),
    path("documents/register/<int:year>/<int:month>/print/", register_views.register_print, name="register-print"),
    path("documents/prepare/<slug:kind>/<str:code>/<slug:step>/", views.document_prepare, name="document-prepare"),
    path("documents/<slug:code>/", views.document_detail, name="document-detail"),
    path("documents/<slug:code>/pdf/", views.document_pdf, name="document-pdf"),
    path("documents/<slug:code>/endorse/", views.document_endorse, name="document-endorse"),
    path("documents/<slug:code>/countersign/", views.document_countersign, name="document-countersign"),
    path("documents/<slug:code>/refuse/", views.document_refuse, name="document-refuse"),
    path("documents/<slug:code>/issue/", views.document_issue, name="document-issue"),
    path("documents/<slug:code>/void/", views.document_void, name="document-void"),
    path("files/<slug:code>/", views.file_download, name="file-download"),
]
