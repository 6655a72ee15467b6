"""The people of a journey, from the contract on."""

from tests.factories import tasks as make
from tests.stories import begin_with

teller = begin_with(people=make.cast)
