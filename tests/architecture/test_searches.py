"""Every list is searched through one short field, whose words come from one splitter."""

import django_filters
import pytest
from django.urls import get_resolver

from core import text
from core.documents.models import Document
from core.documents.selectors import search_documents
from core.people.models import Organisation, User
from core.people.selectors import search_organisations, search_people
from core.ui.searching import MAX_LENGTH, SearchFilter
from funds.models import Disbursement
from funds.selectors.lists import search_papers
from proposals.models import Call
from proposals.views.filters import matching
from tasks.forms.filters import TaskFilter
from tasks.models import Task

MANY = " ".join(f"x{number}" for number in range(1500))
SEARCHES = [
    lambda words: search_documents(Document.objects.all(), words),
    lambda words: search_people(User.objects.all(), words),
    lambda words: search_organisations(Organisation.objects.all(), words),
    lambda words: search_papers(Disbursement.objects.all(), words),
    lambda words: Call.objects.filter(matching(words, "code", "folded")),
    lambda words: TaskFilter({}, Task.objects.all()).search(Task.objects.all(), "q", words),
]


def every(kind):
    """The subclasses of a class, at any depth."""
    return {one for child in kind.__subclasses__() for one in (child, *every(child))}


@pytest.mark.parametrize("search", SEARCHES)
def test_a_search_puts_few_words_to_the_database(search):
    asked = str(search(MANY).query).lower()
    assert f"x{text.MAX_WORDS - 1}%" in asked
    assert f"x{text.MAX_WORDS}%" not in asked


def test_every_free_text_of_a_filter_is_the_search_field():
    assert get_resolver().url_patterns
    found = [kind for kind in every(django_filters.FilterSet) if "q" in kind.base_filters]
    assert len(found) >= 15
    for kind in found:
        free = [one for one in kind.base_filters.values() if isinstance(one, django_filters.CharFilter)]
        assert all(isinstance(one, SearchFilter) for one in free), kind


def test_a_long_search_is_answered_with_a_field_error():
    filters = TaskFilter({"q": "a " * 1500}, Task.objects.all())
    assert filters.form.errors.keys() == {"q"}
    assert TaskFilter({"q": "a" * MAX_LENGTH}, Task.objects.all()).form.is_valid()
