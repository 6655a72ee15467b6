"""The demo as the gates and journeys see it: like local, on a copy, with cheap sign-in and a clock of its own."""

from .local import *  # noqa: F403
from .local import VAR_DIR, env

PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
EMAIL_BACKEND = "django.core.mail.backends.dummy.EmailBackend"
CLOCK_FILE = env.path("CLOCK_FILE", default=str(VAR_DIR / "clock"))
ALLOWED_HOSTS = ["127.0.0.1", "localhost"]
STORAGES = {
    **globals()["STORAGES"],
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
}
WHITENOISE_USE_FINDERS = True
