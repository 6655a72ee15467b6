"""Who wrote what the chair signs."""

from core.audit.models import Event
from reviews.models import Council

# The acts by which the words and the amounts of a conclusion come about.
WRITTEN = ("conclusion.written", "appraisal.written")


def writers_of(council: Council) -> set[int]:
    """Everybody who wrote a conclusion or an appraised estimate of the council, by primary key. One query."""
    acts = Event.objects.filter(subject_type=council.lifecycle.name, subject_code=council.code, kind__in=WRITTEN)
    return {actor for actor in acts.values_list("actor", flat=True) if actor}
