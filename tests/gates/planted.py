"""Addresses with faults: the site's own and some that the gates must find fault with."""

from django.http import Http404, HttpResponse, HttpResponseNotFound
from django.urls import include, path

from config.urls import urlpatterns as own
from core.people.models import User
from core.people.screens import PageKind, screen
from core.ui.listing import listing
from core.ui.screens import Screen
from core.ui.tables import Column, Table
from core.workflow.selectors import awaiting
from tasks.models import Report, Task


def undeclared(request):
    """Says nothing about who may open it."""
    return HttpResponse("")


def open_to_all(request, code):
    """Declares an action and never asks for it."""
    return HttpResponse("")


vars(open_to_all)["screen"] = Screen("edit_contract", Task)


@screen("view", Task)
def closed_to_all(request, task):
    """Declares an action, and lets nobody in."""
    raise Http404


def telling(request, code):
    """Refuses in other words where there is a record."""
    return HttpResponseNotFound("not yours" if Task.objects.filter(code=code).exists() else "no such task")


vars(telling)["screen"] = Screen("edit_contract", Task)


def open_to_visitors(request):
    """Is not public, and lets visitors in."""
    return HttpResponse("")


vars(open_to_visitors)["screen"] = Screen("portal.home", declared=PageKind.OTHER)


@screen("portal.home", kind=PageKind.OTHER)
def two_arguments(request, first, second):
    """Nobody says with which arguments it can be opened."""
    return HttpResponse("")


@screen("portal.home", kind=PageKind.LIST)
def greedy_list(request):
    """Asks once more for each row."""
    again = Column("again", "Again", value=lambda row: str(User.objects.get(pk=row.pk)))
    return listing(request, User.objects.order_by("pk"), None, Table(caption="People", columns=[again]))


@screen("view", Task)
def greedy_record(request, task):
    """Asks once more for each report of the task."""
    return HttpResponse(", ".join(str(Report.objects.get(pk=row.pk)) for row in task.reports.all()))


@screen("portal.home", kind=PageKind.DASHBOARD)
def greedy_work(request):
    """Asks once more for each task that waits."""
    return HttpResponse(", ".join(str(Task.objects.get(pk=row.pk)) for row in awaiting(request.user, Task)))


@screen("portal.home", kind=PageKind.DASHBOARD)
def dear_work(request):
    """Asks too often, whatever there is."""
    return HttpResponse(str([User.objects.count() for _again in range(16)]))


@screen("portal.home", kind=PageKind.OTHER)
def dear_page(request):
    """Is of no special kind, and asks too often all the same."""
    return HttpResponse(str([User.objects.count() for _again in range(16)]))


planted = [
    path("planted/undeclared/", undeclared, name="undeclared"),
    path("planted/open/<str:code>/", open_to_all, name="open"),
    path("planted/closed/<str:code>/", closed_to_all, name="closed"),
    path("planted/telling/<str:code>/", telling, name="telling"),
    path("planted/visitors/", open_to_visitors, name="visitors"),
    path("planted/<str:first>/<str:second>/two/", two_arguments, name="two"),
    path("planted/rows/", greedy_list, name="rows"),
    path("planted/record/<str:code>/", greedy_record, name="record"),
    path("planted/work/", greedy_work, name="work"),
    path("planted/dear/", dear_work, name="dear"),
    path("planted/other/", dear_page, name="other"),
]
urlpatterns = [*own, path("", include((planted, "planted")))]

FRAME = """<!DOCTYPE html>
<html lang="vi"><head><title>Trang</title>{head}</head><body><main><h1>Trang</h1>{body}</main></body></html>"""
FILES = {
    "pale.css": ("text/css", ".words { color: #bbb; background: #fff; }"),
    "wide.css": ("text/css", ".words { width: 1400px; }"),
    "cut.css": ("text/css", ".words { width: 5rem; overflow: hidden; white-space: nowrap; }"),
    "spilt.css": ("text/css", "table { table-layout: fixed; width: 6rem; } .status { white-space: nowrap; }"),
    "start.css": ("text/css", ".menu { position: relative; } .menu-list { position: absolute; left: -3rem; }"),
    "end.css": (
        "text/css",
        ".menu { position: relative; } .menu-list { position: absolute; left: 77rem; width: 9rem; }",
    ),
    "error.js": ("text/javascript", "console.error('something went wrong');"),
    "throw.js": ("text/javascript", "throw new Error('nobody caught it');"),
}
WORDS = '<p class="words">Dự toán kinh phí thực hiện nhiệm vụ</p>'
MENU = '<details class="menu more"><summary>Việc khác</summary><p class="menu-list">Bỏ bản nháp</p></details>'
TABLE = '<table class="table-main"><tr><td><span class="status">Quá hạn 53 ngày làm việc</span></td></tr></table>'
STYLE = '<link rel="stylesheet" href="/planted/{}.css">'
PAGES = {
    "clean": FRAME.format(head="", body=WORDS),
    "pale": FRAME.format(head=STYLE.format("pale"), body=WORDS),
    "unnamed": FRAME.format(head="", body='<img src="/static/app/emblem.svg">'),
    "wide": FRAME.format(head=STYLE.format("wide"), body=WORDS),
    "cut": FRAME.format(head=STYLE.format("cut"), body=WORDS),
    "drawing": FRAME.format(head="", body='<svg width="90" height="20"><text x="60" y="15">Kinh phí</text></svg>'),
    "spilt": FRAME.format(head=STYLE.format("spilt"), body=TABLE),
    "start": FRAME.format(head=STYLE.format("start"), body=MENU),
    "end": FRAME.format(head=STYLE.format("end"), body=MENU),
    "error": FRAME.format(head="", body='<script src="/planted/error.js"></script>'),
    "throw": FRAME.format(head="", body='<script src="/planted/throw.js"></script>'),
    "absent": FRAME.format(head="", body='<img alt="" src="/static/app/none.png">'),
    "style": FRAME.format(head="", body='<p style="color: red">Chữ</p>'),
    "script": FRAME.format(head="", body="<script>document.title = 'x'</script>"),
    "english": FRAME.format(head="", body=WORDS).replace('lang="vi"', 'lang="en"'),
}


def serve(visitor):
    """Let a visitor's window find the planted pages, under the site's own security policy."""
    policy = visitor.page.context.request.get(f"{visitor.url}/account/login/").headers["content-security-policy"]

    def answer(route):
        name = route.request.url.rsplit("/planted/", 1)[1].strip("/")
        kind, body = FILES.get(name) or ("text/html; charset=utf-8", PAGES[name])
        route.fulfill(body=body, headers={"content-type": kind, "content-security-policy": policy})

    visitor.page.route("**/planted/**", answer)
