"""Addresses of the room; the code stands in the address, never a primary key."""

from django.urls import path

from . import views

app_name = "tasks"
TASK = "tasks/<str:code>"

urlpatterns = [
    path("tasks/", views.task_list, name="task-list"),
    path("tasks/monitoring/", views.task_monitor, name="task-monitor"),
    path("tasks/reports/", views.report_list, name="report-list"),
    path("tasks/inspections/", views.inspection_list, name="inspection-list"),
    path("tasks/amendments/", views.amendment_list, name="amendment-list"),
    path("tasks/enter/", views.task_adopt, name="task-adopt"),
    path("tasks/reports/<str:code>/", views.report_detail, name="report-detail"),
    path("tasks/reports/<str:code>/edit/", views.report_edit, name="report-edit"),
    path("tasks/inspections/<str:code>/", views.inspection_detail, name="inspection-detail"),
    path("tasks/inspections/<str:code>/edit/", views.inspection_edit, name="inspection-edit"),
    path("tasks/inspections/<str:code>/record/", views.inspection_record, name="inspection-record"),
    path("tasks/amendments/<str:code>/", views.amendment_detail, name="amendment-detail"),
    path("tasks/amendments/<str:code>/edit/", views.amendment_edit, name="amendment-edit"),
    path("tasks/amendments/<str:code>/opinion/", views.amendment_examine, name="amendment-examine"),
    path(f"{TASK}/", views.task_detail, name="task-detail"),
    path(f"{TASK}/course/", views.task_course, name="task-course"),
    path(f"{TASK}/entry/", views.entry_edit, name="entry-edit"),
    path(f"{TASK}/products/", views.products_edit, name="products-edit"),
    path(f"{TASK}/members/", views.members_edit, name="members-edit"),
    path(f"{TASK}/contract/", views.contract_edit, name="contract-edit"),
    path(f"{TASK}/acceptance/", views.acceptance_edit, name="acceptance-edit"),
    path(f"{TASK}/grassroots/", views.grassroots_edit, name="grassroots-edit"),
    path(f"{TASK}/registration/", views.registration_edit, name="registration-edit"),
    path(f"{TASK}/recognition/", views.recognition_edit, name="recognition-edit"),
    path(f"{TASK}/liquidation/", views.liquidation_edit, name="liquidation-edit"),
    path(f"{TASK}/suspension/", views.suspension_edit, name="suspension-edit"),
    path(f"{TASK}/resumption/", views.resumption_edit, name="resumption-edit"),
    path(f"{TASK}/termination/", views.termination_edit, name="termination-edit"),
    path(f"{TASK}/recovery/", views.recovery_edit, name="recovery-edit"),
    path(f"{TASK}/following/", views.following_edit, name="following-edit"),
    path(f"{TASK}/inspection/new/", views.inspection_create, name="inspection-create"),
    path(f"{TASK}/amendment/new/", views.amendment_create, name="amendment-create"),
    path(f"{TASK}/amendment/new/<slug:kind>/", views.amendment_create, name="amendment-create"),
]
