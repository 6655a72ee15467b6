"""The people of a journey and of its councils."""

from tests.factories import reviews as make
from tests.stories import begin_with

teller = begin_with(people=make.cast)
