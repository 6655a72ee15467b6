"""Forms: the key against double clicks, errors beside their fields and on top, nothing typed is lost."""

from datetime import date
from typing import Any
from uuid import UUID

import pytest
from crispy_forms.layout import Fieldset
from django import forms
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db.models.fields import BLANK_CHOICE_DASH
from django.template import Context, Template
from django.utils.translation import override

from core.people.models import User
from core.ui.fields import error_lines, layout_helper, name_rows, widget_kind
from core.ui.forms import DateField, KeyedForm, StepForm, VNDFormField

KEY = "7f0b6c3e-6a51-4a0e-9d6a-0b9f0c5f8a11"


class Budget(KeyedForm):
    title = forms.CharField(label="Title", help_text="Short.")
    amount = VNDFormField(label="Amount", minimum=1)
    way = forms.ChoiceField(label="Way", choices=[("a", "A"), ("b", "B")], widget=forms.RadioSelect)
    kind = forms.ChoiceField(label="Kind", choices=[("k", "K")])
    agreed = forms.BooleanField(label="Agreed")
    on = DateField(label="On")


class PaperStep(StepForm):
    paper = ("decided_by",)
    decided_by = forms.CharField(label="Decided by", required=False, max_length=3)


@pytest.fixture(autouse=True)
def in_english():
    with override("en"):
        yield


def render(form, source='{% component "form" form=form submit_label="Send" cancel_url="/back/" %}', **more):
    return Template(source).render(Context({"form": form, "csrf_token": "token", **more}))


def test_every_form_carries_its_own_key():
    first, second = (UUID(str(Budget()["key"].value())) for _ in range(2))
    assert first != second


def test_the_posted_key_is_kept():
    form = Budget(
        {"key": KEY, "title": "T", "amount": "5", "way": "a", "kind": "k", "agreed": "on", "on": "2026-11-22"}
    )
    assert form.is_valid(), form.errors
    assert form.acting_key == UUID(KEY)
    assert f'value="{KEY}"' in render(form)


@pytest.mark.parametrize("key", ["", "no-uuid"])
def test_a_form_without_key_is_refused(key):
    form = StepForm({"key": key})
    assert form.errors == {"key": ["This form is not complete. Please open the page again."]}
    assert error_lines(form) == [("", "This form is not complete. Please open the page again.")]


@pytest.mark.parametrize(("typed", "day"), [("2026-11-02", date(2026, 11, 2)), ("02/11/2026", date(2026, 11, 2))])
def test_days_are_understood_in_both_orders(typed, day):
    assert DateField().clean(typed) == day


def test_a_day_is_shown_as_the_browser_wants_it():
    assert 'type="date" name="on" value="2026-11-02"' in str(Budget(initial={"on": date(2026, 11, 2)})["on"])


def test_errors_stand_on_top_and_beside_the_field():
    html = render(Budget({"key": KEY, "title": "", "amount": "1.5 tỷ", "on": "x"}))
    assert html.index("Please correct the following") < html.index("<form")
    assert '<a href="#id_title">Title: This field is required.</a>' in html
    assert 'aria-describedby="id_title_helptext id_title_error"' in html
    assert 'id="id_title_error"' in html
    assert 'value="1.5 tỷ"' in html


def test_an_untouched_form_has_no_summary():
    assert "error-summary" not in render(Budget())


def test_error_summary_reads_formsets_too():
    rows = forms.formset_factory(PaperStep, min_num=1, validate_min=True)
    data = {"form-TOTAL_FORMS": "1", "form-INITIAL_FORMS": "0", "form-0-key": KEY, "form-0-decided_by": "long"}
    formset = rows(data)
    assert error_lines(None, formset) == [
        ("id_form-0-decided_by", "Line 1: Decided by: Ensure this value has at most 3 characters (it has 4).")
    ]


class Item(forms.Form):
    name = forms.CharField(label="Name")
    price = forms.IntegerField(label="Price")


def bound_items(*rows: dict[str, str]) -> Any:
    data = {"form-TOTAL_FORMS": str(len(rows)), "form-INITIAL_FORMS": "1"}
    data |= {f"form-{number}-{name}": value for number, row in enumerate(rows) for name, value in row.items()}
    return forms.formset_factory(Item)(data)


def test_an_error_says_in_which_row_it_stands():
    first, second = {"name": "Bơm", "price": "5"}, {"name": "Ống", "price": ""}
    rows = bound_items(first, second)
    assert error_lines(None, rows) == [("id_form-1-price", "Line 2: Price: This field is required.")]
    name_rows(rows, "Product")
    assert error_lines(None, rows) == [("id_form-1-price", "Product 2: Price: This field is required.")]
    rows.forms[1].legend = "HS.2026.001"
    name_rows(rows, "Product")
    assert error_lines(None, [rows, bound_items({"name": "", "price": "5"})]) == [
        ("id_form-1-price", "HS.2026.001: Price: This field is required."),
        ("id_form-0-name", "Line 1: Name: This field is required."),
    ]


def test_a_row_that_may_stay_empty_asks_for_nothing_until_something_is_in_it():
    kept, empty = {"name": "Bơm", "price": "5"}, {"name": "", "price": ""}
    for last, stars, notes in ((empty, 2, 1), ({"name": "Ống", "price": ""}, 4, 1)):
        source = '{% component "form" form=form formset=rows submit_label="Send" %}'
        html = render(KeyedForm(), source, rows=bound_items(kept, last))
        assert (html.count('class="required"'), html.count("May stay empty.")) == (stars, notes)


def test_messages_of_the_whole_form_have_no_anchor():
    form = Budget({"key": KEY})
    form.add_error(None, "Together they exceed the contract.")
    assert error_lines(form)[0] == ("", "Together they exceed the contract.")


@pytest.mark.parametrize(
    ("name", "kind"),
    [
        ("title", "input"),
        ("amount", "input"),
        ("way", "choices"),
        ("kind", "select"),
        ("agreed", "check"),
        ("on", "input"),
    ],
)
def test_kind_of_a_field(name, kind):
    assert widget_kind(Budget()[name]) == kind


def test_nothing_chosen_looks_the_same_whoever_made_the_field():
    class Choosing(forms.Form):
        of_a_model = forms.ChoiceField(label="Kind", choices=[*BLANK_CHOICE_DASH, ("k", "K")], required=False)
        of_rows = forms.ModelChoiceField(label="Who", queryset=User.objects.none(), required=False)
        named = forms.ChoiceField(label="Which", choices=[("", "All"), ("k", "K")], required=False)

    html = render(Choosing(), "{% form_fields form %}")
    assert (html.count('<option value="" selected>—</option>'), "-----" in html) == (2, False)
    assert '<option value="" selected>All</option>' in html


def test_a_group_of_choices_is_a_fieldset_with_legend():
    html = render(Budget(), "{% field form.way %}")
    assert html.index("<fieldset") < html.index("<legend") < html.index('type="radio"')


def test_a_crispy_layout_draws_the_same_fields():
    form: Any = Budget()
    form.helper = layout_helper(Fieldset("Facts", "title", "amount"))
    html = render(form, "{% form_fields form %}")
    assert "<legend>Facts</legend>" in html
    assert html.count('class="form-control"') == 2
    assert "<form" not in html


def test_a_file_field_makes_the_form_multipart():
    class Upload(KeyedForm):
        scan = forms.FileField()

    assert 'enctype="multipart/form-data"' in render(Upload())
    assert "enctype" not in render(Budget())


def test_a_form_that_comes_back_asks_again_for_the_file_that_was_chosen():
    class Scans(forms.Form):
        title = forms.CharField(label="Title")
        scan = forms.FileField(label="Scan")
        more = forms.FileField(label="More", required=False)

    files = {"scan": SimpleUploadedFile("quet.pdf", b"%PDF-")}
    html = render(Scans({"title": ""}, files), "{% form_fields form %}")
    assert html.count("Choose the file again.") == 1
    assert html.index('name="scan"') > html.index("Choose the file again.") > html.index("Scan")
    assert "Choose the file again." not in render(Scans(), "{% form_fields form %}")


def test_a_step_asks_for_a_reason_only_when_it_needs_one():
    assert StepForm({"key": KEY}).is_valid()
    assert StepForm({"key": KEY}, reason_required=True).errors == {"reason": ["This field is required."]}
    assert "reason" not in StepForm(with_reason=False).fields


def test_paper_fields_are_folded_until_something_is_in_them():
    form = PaperStep()
    assert [bound.name for bound in form.main_fields] == ["key", "shown", "reason"]
    assert [bound.name for bound in form.paper_fields] == ["decided_by"]
    assert not form.paper_is_open
    assert not PaperStep({"key": KEY}).paper_is_open
    assert PaperStep({"key": KEY, "decided_by": "Mai"}).paper_is_open


def test_null_characters_are_refused():
    assert StepForm({"key": KEY, "reason": "a\x00b"}).errors == {"reason": ["Null characters are not allowed."]}


@pytest.mark.parametrize("typed", ["0001-01-01", "31/12/1989", "03/03/2056", "9999-12-31"])
def test_a_day_that_is_far_off_is_refused(typed, morning):
    with pytest.raises(forms.ValidationError, match=r"01/01/1990 .* 02/03/2056"):
        DateField().clean(typed)


@pytest.mark.parametrize("typed", ["01/01/1990", "2056-03-02"])
def test_a_day_within_reach_is_taken(typed, morning):
    assert DateField().clean(typed) is not None
