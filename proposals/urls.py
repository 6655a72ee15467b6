"""Addresses of the room; the code stands in the address, never a primary key."""

from django.urls import path

from .views import adoption, calls, dossiers, grounds, lists, orders, proposals

app_name = "proposals"

urlpatterns = [
    path("proposals/", proposals.proposal_list, name="proposal-list"),
    path("proposals/new/", proposals.proposal_create, name="proposal-create"),
    path("proposals/enter/", adoption.proposal_adopt, name="proposal-adopt"),
    path("proposals/proposal/<str:code>/", proposals.proposal_detail, name="proposal-detail"),
    path("proposals/proposal/<str:code>/edit/", proposals.proposal_edit, name="proposal-edit"),
    path("proposals/proposal/<str:code>/screening/", proposals.proposal_screen, name="proposal-screen"),
    path("proposals/proposal/<str:code>/forward/", proposals.proposal_forward, name="proposal-forward"),
    path("proposals/proposal/<str:code>/ground/", grounds.proposal_ground, name="proposal-ground"),
    path("proposals/proposal/<str:code>/defer/", proposals.proposal_defer, name="proposal-defer"),
    path("proposals/calls/", calls.call_list, name="call-list"),
    path("proposals/calls/new/", calls.call_create, name="call-create"),
    path("proposals/calls/new/selection/", calls.call_create_selection, name="call-create-selection"),
    path("proposals/call/<str:code>/", calls.call_detail, name="call-detail"),
    path("proposals/call/<str:code>/edit/", calls.call_edit, name="call-edit"),
    path("proposals/lists/", lists.order_list_list, name="order_list-list"),
    path("proposals/lists/new/", lists.order_list_create, name="order_list-create"),
    path("proposals/list/<str:code>/", lists.order_list_detail, name="order_list-detail"),
    path("proposals/list/<str:code>/edit/", lists.order_list_edit, name="order_list-edit"),
    path("proposals/list/<str:code>/compose/", lists.order_list_compose, name="order_list-compose"),
    path("proposals/list/<str:code>/add/", lists.order_list_add, name="order_list-add"),
    path("proposals/orders/", orders.order_list, name="order-list"),
    path("proposals/orders/enter/", adoption.order_adopt, name="order-adopt"),
    path("proposals/order/<str:code>/", orders.order_detail, name="order-detail"),
    path("proposals/order/<str:code>/edit/", orders.order_edit, name="order-edit"),
    path("proposals/order/<str:code>/change/", orders.order_change, name="order-change"),
    path("proposals/order/<str:code>/ground/", grounds.order_ground, name="order-ground"),
    path("proposals/order/<str:code>/answer-day/", orders.order_answer_day, name="order-answer-day"),
    path("proposals/order/<str:code>/opening/", orders.order_opening, name="order-opening"),
    path("proposals/order/<str:code>/dossier/", dossiers.dossier_create, name="dossier-create"),
    path("proposals/dossiers/", dossiers.dossier_list, name="dossier-list"),
    path("proposals/dossier/<str:code>/", dossiers.dossier_detail, name="dossier-detail"),
    path("proposals/dossier/<str:code>/edit/", dossiers.dossier_edit, name="dossier-edit"),
    path("proposals/dossier/<str:code>/answer/", dossiers.dossier_answer, name="dossier-answer"),
]
