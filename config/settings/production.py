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
SECURE_HSTS_INCLUDE_SUBDOMAINS = True
# Browsers' built-in list takes whole domains: a department has only a name under one, and never asks for it.
SILENCED_SYSTEM_CHECKS = ["security.W021"]
# How many proxies of our own stand in front: failed sign-ins are counted per address that the outermost one saw.
ALLAUTH_TRUSTED_PROXY_COUNT = env.int("TRUSTED_PROXY_COUNT", default=0)
# Only a proxy of our own says whether the visitor came by https; without one, anybody could say so.
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if ALLAUTH_TRUSTED_PROXY_COUNT else None
# Invitations and notices that go nowhere, or lead to localhost, would be missed by nobody for weeks.
EMAIL_CONFIG = env.email_url("EMAIL_URL")
vars().update(EMAIL_CONFIG)
SITE_BASE_URL = env("SITE_BASE_URL")
SESSION_COOKIE_SECURE = True
CSRF_COOKIE_SECURE = True
