"""Settings of the test suite: fast hashing, memory mail, movable clock, file database."""

import warnings

from .base import *  # noqa: F403
from .base import DATABASES, INSTALLED_APPS, VAR_DIR
from .product import *  # noqa: F403
from .security import *  # noqa: F403

VAR_DIR.mkdir(exist_ok=True)
SECRET_KEY = "test-only-not-a-secret"  # noqa: S105
INSTALLED_APPS = [*INSTALLED_APPS, "demo"]
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
STORAGES = {
    "default": {
        "BACKEND": "django.core.files.storage.FileSystemStorage",
        "OPTIONS": {"location": VAR_DIR / "test-files"},
    },
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
}
DEMO_SIGN_IN = True
CLOCK_MOVABLE = True
if DATABASES["default"]["ENGINE"].endswith("sqlite3"):
    # Threads of one test share a file, never the in-memory database.
    DATABASES["default"]["TEST"] = {"NAME": VAR_DIR / "test.sqlite3"}
else:
    # Nobody is ever connected to template0, so two processes can make their databases at the same time.
    DATABASES["default"]["TEST"] = {"TEMPLATE": "template0"}
warnings.filterwarnings("ignore", message="No directory at", module="whitenoise")
