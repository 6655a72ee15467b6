"""A server on one's own machine: SQLite, embedded jobs, invented people. Never for real data."""

from .base import *  # noqa: F403
from .base import INSTALLED_APPS, VAR_DIR, env
from .observing import *  # noqa: F403
from .product import *  # noqa: F403
from .security import *  # noqa: F403

VAR_DIR.mkdir(exist_ok=True)
DEBUG = env.bool("DEBUG", default=False)
SECRET_KEY = env("SECRET_KEY", default="local-only-not-a-secret")
INSTALLED_APPS = [*INSTALLED_APPS, "demo"]
DEMO_SIGN_IN = True
CLOCK_MOVABLE = True
