"""The people of a journey, up to the award."""

from tests.factories import proposals as make
from tests.stories import begin_with

teller = begin_with(people=make.cast)
