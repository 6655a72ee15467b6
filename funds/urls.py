"""Addresses of the room; the code stands in the address, never a primary key."""

from django.urls import path

from . import views

app_name = "funds"
TASK, PAYMENT, SETTLEMENT = "fund/tasks/<str:code>", "fund/disbursements/<str:code>", "fund/settlements/<str:code>"

urlpatterns = [
    path("fund/", views.overview, name="overview"),
    path("fund/plans/", views.plan_list, name="plan-list"),
    path("fund/plans/new/", views.plan_create, name="plan-create"),
    path("fund/plans/<str:code>/withdraw/", views.plan_withdraw, name="plan-withdraw"),
    path("fund/plans/<str:code>/answer/", views.plan_answer, name="plan-answer"),
    path("fund/estimates/", views.estimate_list, name="estimate-list"),
    path("fund/estimates/grant/", views.estimate_create_all, name="estimate-create-all"),
    path("fund/estimates/<str:code>/withdraw/", views.estimate_withdraw, name="estimate-withdraw"),
    path("fund/estimates/<str:code>/answer/", views.estimate_answer, name="estimate-answer"),
    path("fund/disbursements/", views.disbursement_list, name="disbursement-list"),
    path(f"{PAYMENT}/", views.disbursement_detail, name="disbursement-detail"),
    path(f"{PAYMENT}/edit/", views.disbursement_edit, name="disbursement-edit"),
    path(f"{PAYMENT}/payment/", views.payment_enter, name="payment-enter"),
    path(f"{PAYMENT}/ground/", views.ground_write, name="ground-write"),
    path("fund/settlements/", views.settlement_list, name="settlement-list"),
    path(f"{SETTLEMENT}/", views.settlement_detail, name="settlement-detail"),
    path(f"{SETTLEMENT}/edit/", views.settlement_edit, name="settlement-edit"),
    path("fund/repayments/", views.repayment_list, name="repayment-list"),
    path("fund/repayments/<str:code>/", views.repayment_detail, name="repayment-detail"),
    path(f"{TASK}/opening/", views.opening_edit, name="opening-edit"),
    path(f"{TASK}/estimate/", views.estimate_create, name="estimate-create"),
    path(f"{TASK}/disbursement/", views.disbursement_create, name="disbursement-create"),
    path(f"{TASK}/settlement/", views.settlement_create, name="settlement-create"),
    path(f"{TASK}/repayment/", views.repayment_create, name="repayment-create"),
    path(f"{TASK}/closing/", views.closing_create, name="closing-create"),
    path(f"{TASK}/ledger/", views.ledger_detail, name="ledger-detail"),
]
