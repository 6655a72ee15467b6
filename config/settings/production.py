"""A department's server. Everything secret comes from the environment and has no default."""

from .base import *  # noqa: F403
from .base import env
from .observing import *  # noqa: F403
from .product import *  # noqa: F403
from .security import *  # noqa: F403

SECRET_KEY = env("SECRET_KEY")
ALLOWED_HOSTS = env.list("ALLOWED_HOSTS")
JOBS_RUNNER = env("JOBS_RUNNER", default="celery")
SECURE_SSL_REDIRECT = env.bool("SECURE_SSL_REDIRECT", default=True)
SECURE_HSTS_SECONDS = env.int("SECURE_HSTS_SECONDS", default=31536000)
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
# How many proxies of our own stand in front: failed sign-ins are counted per address that the outermost one saw.
ALLAUTH_TRUSTED_PROXY_COUNT = env.int("TRUSTED_PROXY_COUNT", default=0)
SESSION_COOKIE_SECURE = True
CSRF_COOKIE_SECURE = True
