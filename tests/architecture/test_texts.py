"""Every word that people read can be translated, and is."""

from functools import partial

import polib
import pytest

from tests.architecture import messages
from tests.architecture.raw_strings import attribute_blocks, raw_labels, raw_text
from tests.architecture.source import ROOT, broken, own_modules, says, templates

LANGUAGES = ("vi", "ar")


def test_templates_hold_no_raw_text():
    unspoken = frozenset(name for path in templates() for name in attribute_blocks(path.read_text("utf-8")))
    assert broken(partial(raw_text, unspoken=unspoken), templates(letters=False)) == ""


def test_planted_raw_text_is_found():
    page = """{% load i18n %}
{# a remark #}<h1 class="big">Tasks</h1>
{% blocktranslate trimmed count n=n %}One task{% plural %}{{ n }} tasks{% endblocktranslate %}
<img alt="A map" title="{% translate "A map" %}"> {% if x > 1 %}12 · {{ y }}{% endif %}
<input type="submit" value="Send"><input type="hidden" value="sent">
{% include "components/_card.html" with title="Overdue" tone="danger" label=_("Late") %}
<p>{{ name }}
  waits</p> <a href="/x" {% if a %}aria-current="page"{% endif %}>PDF</a>
"""
    assert sorted(raw_text(page)) == [
        (2, "Tasks"),
        (4, "alt=A map"),
        (5, "value=Send"),
        (6, "title=Overdue"),
        (8, "waits"),
    ]


def test_a_block_inside_a_tag_holds_no_words():
    assert attribute_blocks('<main class="{% block width %}{% endblock %}">{% block content %}') == {"width"}
    child = "{% block width %}narrow{% endblock %}{% block content %}words{% endblock %}"
    assert says(partial(raw_text, unspoken=frozenset({"width"})), child) == ["words"]


def test_code_holds_no_raw_labels():
    assert broken(raw_labels, own_modules()) == ""


def test_planted_raw_labels_are_found():
    code = """
name = CharField(label="Name", help_text=_("Full name"))
messages.success(request, f"{n} saved")
raise ValidationError("Wrong")
logger.error("this is for us")
"""
    assert says(raw_labels, code) == ["Name", "an f-string that people read", "Wrong"]


def test_messages_can_be_translated():
    assert broken(messages.bad_messages, own_modules()) == ""


def test_planted_bad_messages_are_found():
    code = """
_(f"{n} tasks")
_("%s tasks") % n
_("{} tasks").format(n)
_("Tasks: " + name)
_("%(count)s tasks, 5 %% late, {name}")
ngettext("one task", "%d tasks", n)
_("Nhiệm vụ")
"""
    assert says(messages.bad_messages, code) == [
        "an f-string inside gettext",
        "a placeholder without a name: %s tasks",
        "a placeholder without a name: {} tasks",
        "a text built inside gettext: format the translation, not the text",
        "a placeholder without a name: %d tasks",
        "the text to translate is English, its Vietnamese stands in the catalogue: Nhiệm vụ",
    ]


def test_gettext_keeps_its_name_and_its_time():
    assert broken(messages.renamed, own_modules()) == ""
    assert broken(messages.said_too_early, own_modules()) == ""


def test_planted_texts_that_no_catalogue_sees_are_found():
    code = """
from django.utils.translation import gettext as _now, gettext_lazy as _
"""
    assert says(messages.renamed, code) == ["gettext under the name _now"]


def test_planted_texts_translated_too_early_are_found():
    code = """
from django.utils.translation import gettext, gettext_lazy as _
TITLE, LABEL = gettext("Tasks"), _("Task")
COLUMN = Column(_("Code"), value=lambda row: gettext("later"))
def view(request, title=gettext("Early")):
    return gettext("in time")
"""
    assert says(messages.said_too_early, code) == ["a text translated at import", "a text translated at import"]


def used():
    """Every text that code and templates ask the catalogues for."""
    found = set()
    for path in own_modules():
        found |= messages.code_messages(path.read_text("utf-8"))
    for path in templates():
        found |= messages.template_messages(path.read_text("utf-8"))
    return found


def catalogue(language):
    path = ROOT / "locale" / language / "LC_MESSAGES" / "django.po"
    assert path.exists(), "there is no catalogue: make messages"
    return path


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_catalogue_is_complete(language):
    entries = polib.pofile(str(catalogue(language)))
    known = {messages.key(entry) for entry in entries if not entry.obsolete}
    assert sorted(used() - known) == []
    assert messages.catalogue_faults(entries) == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_compiled_catalogue_is_fresh(language):
    source = polib.pofile(str(catalogue(language)))
    compiled = polib.mofile(str(catalogue(language).with_suffix(".mo")))
    said = {messages.key(entry): (entry.msgstr, entry.msgstr_plural) for entry in compiled}
    assert said == {messages.key(entry): (entry.msgstr, entry.msgstr_plural) for entry in source if entry.translated()}


def test_planted_faults_of_a_catalogue_are_found():
    planted = polib.POFile()
    planted.append(polib.POEntry(msgid="Task"))
    planted.append(polib.POEntry(msgid="%(count)s tasks", msgstr="nhiệm vụ"))
    planted.append(polib.POEntry(msgid="Well", msgstr="Tốt"))
    assert messages.catalogue_faults(planted) == ["not translated: Task", "another set of placeholders: nhiệm vụ"]


def test_texts_of_code_and_templates_are_found():
    assert messages.code_messages('_("A" "B")\npgettext("list", "C")\nngettext("D", "Ds", n)') == {"AB", "list|C", "D"}
    page = """{% load i18n %}{% translate "It's" %}{% blocktranslate trimmed count n=n %}
      One of {{ n }}{% plural %}All {{ n }}{% endblocktranslate %}{% translate "May" context "month" %}
      {% include "x" with label=_("Late") %}"""
    assert messages.template_messages(page) == {"It's", "One of %(n)s", "month|May", "Late"}
