"""Template tags: components see their own values and no others."""

from types import SimpleNamespace
from typing import Any

import pytest
from django.forms import BooleanField, CharField, Form, IntegerField
from django.template import Context, Template
from django.utils.translation import override

from core.ui import badges
from core.ui.parts import Badge, Due, Fact, Panel, Tone


def render(source, **values):
    with override("en"):
        return " ".join(Template(source).render(Context(values)).split())


def test_icon_is_hidden_from_screen_readers():
    assert render('{% icon "check" %}') == (
        '<svg class="icon " width="16" height="16" aria-hidden="true">'
        '<use href="/static/app/icons.svg#check"></use></svg>'
    )


def test_badge_has_colour_icon_and_word():
    drawn = render("{{ badge|badge }}", badge=Badge("Late", Tone.DANGER, "clock"))
    assert drawn == render('{% badge "Late" tone="danger" icon="clock" %}')
    assert drawn.startswith('<span class="status tone-danger"><svg class="icon "')
    assert drawn.endswith('icons.svg#clock"></use></svg><span>Late</span></span>')


def test_badge_takes_the_icon_of_its_tone():
    assert "icons.svg#check" in render('{% badge "Done" tone="success" %}')


def test_no_badge_is_a_dash():
    assert "empty-value" in render("{{ badge|badge }}", badge=None)


def test_badge_of_a_row_uses_the_registered_tone():
    class Row(SimpleNamespace):
        def get_state_display(self):
            return "Running"

    model: Any = Row
    badges.register(model, {"running": Tone.INFO})
    assert badges.of(model(state="running")) == Badge("Running", Tone.INFO)
    assert badges.of(model(state="other")).tone == Tone.NEUTRAL


def test_component_does_not_see_the_page():
    assert render('{% component "notice" text="x" %}', title="of the page", tone="danger") == render(
        '{% component "notice" text="x" %}'
    )


def test_component_escapes_user_text():
    assert "&lt;script&gt;" in render('{% component "notice" text=text %}', text="<script>")


def test_panel_wraps_its_content():
    drawn = render('{% panel title="Money" %}<b>{{ amount }}</b>{% endpanel %}', amount=3)
    assert drawn == (
        '<section class="panel" > <header class="panel-head"> <h2> Money </h2> </header>'
        ' <div class="panel-body"><b>3</b></div> </section>'
    )


def test_part_draws_a_panel_with_its_own_values():
    item = Panel("Title", "components/notice.html", {"text": "inside"})
    assert "inside" in render("{% part item %}", item=item, text="outside")


@pytest.mark.parametrize(
    ("fact", "text"),
    [
        (Fact("x", 5_000, "money"), '<bdi class="money">5,000 đồng</bdi>'),
        (Fact("x", 2, "days"), "2 working days"),
        (Fact("x", "a\nb", "long"), '<div class="long-text" dir="auto">a<br>b</div>'),
        (Fact("x", "<b>"), '<span dir="auto">&lt;b&gt;</span>'),
        (Fact("x", "", "long"), '<span class="empty-value">–</span>'),
        (Fact("x", None, "days"), '<span class="empty-value">–</span>'),
    ],
)
def test_a_fact_is_drawn_by_its_kind(fact, text):
    assert render("{{ fact|fact_value }}", fact=fact) == text


def test_no_deadline_is_a_dash():
    assert "empty-value" in render("{{ due|due }}", due=None)


def test_step_bar_says_its_states_in_words():
    steps = [SimpleNamespace(label=name, state=name, note="") for name in ("done", "current", "skipped", "next")]
    drawn = render('{% component "step_bar" steps=steps %}', steps=steps)
    assert drawn.count('aria-current="step"') == 1
    assert [drawn.count(f"> {word} <") for word in ("done", "now", "left out", "still to come")] == [1, 1, 1, 1]


def test_a_refused_action_is_off_and_says_why():
    action = SimpleNamespace(label="Pay", url="/", style="btn-primary", refusal="Not yet.", icon="")
    drawn = render('{% component "actions" actions=actions %}', actions=[action])
    assert "disabled" in drawn
    assert "Not yet." in drawn


def test_due_badge_in_full(settings):
    drawn = render('{% component "due" due=due %}', due=Due("Trần Minh Khoa"))
    assert '<bdi class="ball-name">Trần Minh Khoa</bdi>' in drawn
    assert "ball-due" not in drawn


def test_filters_are_folded_until_more_than_the_search_is_used():
    class Filters(Form):
        words, year, late = CharField(), IntegerField(), BooleanField()

    def narrowed(**chosen):
        return render("{{ form|is_narrowed }}", form=Filters(chosen))

    assert [narrowed(), narrowed(words="lúa"), narrowed(year="2026"), narrowed(late="on")] == [
        "False",
        "False",
        "True",
        "True",
    ]
