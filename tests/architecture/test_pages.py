"""Pages load nothing from elsewhere, run no inline script, and mirror by themselves from right to left."""

import re

from django.urls import URLPattern, URLResolver, get_resolver, path

from tests.architecture.source import ROOT, broken, line_of, own_static, says, templates

HOST = re.compile(r"(?:https?:)?//(?!www\.w3\.org/)[a-z0-9-]+(?:\.[a-z0-9-]+)*\.[a-z]{2,}", re.IGNORECASE)
LOADED = re.compile(r"url\(\s*[\"']?(?:https?:)?//[^)]*|@import[^;]*//[^;]*|sourceMappingURL=\S+", re.IGNORECASE)
INLINE = re.compile(
    r"""<style\b|<script(?![^>]*\bsrc=)[^>]*>|\son[a-z]+=["']|\sstyle=["']|javascript:|\|safe\b|autoescape off"""
)
SIDES = r"(?:left|right)"
PHYSICAL = re.compile(
    rf"(?<![-\w])(?:(?:margin|padding|border)-{SIDES}\b[\w-]*|{SIDES}|(?:text-align|float|clear):\s*{SIDES})\s*[:;]"
)


def matches(pattern):
    """A rule that yields whatever the pattern finds."""

    def rule(text):
        for match in pattern.finditer(text):
            yield line_of(text, match.start()), match.group(0).strip()

    return rule


def test_pages_name_no_host():
    assert broken(matches(HOST), [*templates(), *own_static(".css", ".js", ".svg")]) == ""


def test_files_of_others_load_nothing():
    vendored = [path for path in (ROOT / "static" / "vendor").rglob("*") if path.suffix in {".css", ".js"}]
    assert broken(matches(LOADED), vendored) == ""


def test_planted_hosts_are_found():
    page = '<svg xmlns="http://www.w3.org/2000/svg"><script src="//cdn.example.org/x.js">\n<a href="https://a.vn/b">'
    assert says(matches(HOST), page) == ["//cdn.example.org", "https://a.vn"]
    assert says(matches(LOADED), "a{b:url(//x.org/y)}\n/*# sourceMappingURL=a.map */") == [
        "url(//x.org/y",
        "sourceMappingURL=a.map",
    ]


def test_templates_hold_no_inline_script_or_style():
    assert broken(matches(INLINE), templates(letters=False)) == ""


def test_planted_inline_script_and_style_are_found():
    page = '<script>go()</script><p style="a"><a onclick="b"><script src="c"></script>{{ d|safe }}'
    assert says(matches(INLINE), page) == ["<script>", 'style="', 'onclick="', "|safe"]


def test_styles_use_logical_properties():
    assert broken(matches(PHYSICAL), own_static(".css")) == ""


def test_planted_physical_properties_are_found():
    css = "a{margin-left:1px;text-align: right;inset-inline-start:0;left:0;border-right-width:2px}"
    assert says(matches(PHYSICAL), css) == ["margin-left:", "text-align: right;", "left:", "border-right-width:"]


# Pages of packages: their own sign-in rules apply.
PACKAGES_OF_OTHERS = ("allauth.", "django.views.", "django.contrib.staticfiles.")


def patterns(resolver):
    for entry in resolver.url_patterns:
        if isinstance(entry, URLResolver):
            yield from patterns(entry)
        elif isinstance(entry, URLPattern):
            yield entry


def undeclared(entries):
    """The views that neither declare an action nor say that they are public."""
    ours = (entry.callback for entry in entries if not entry.callback.__module__.startswith(PACKAGES_OF_OTHERS))
    return sorted({view.__qualname__ for view in ours if getattr(view, "screen", None) is None})


def test_every_page_declares_its_action():
    assert undeclared(patterns(get_resolver())) == []


def test_a_planted_undeclared_page_is_found():
    def secret_page(request):
        pass

    assert undeclared([path("x", secret_page)]) == [secret_page.__qualname__]
