"""Settings of the product itself. Each is documented in .env.example."""

from django.utils.translation import gettext_lazy as _

from .base import BASE_DIR, VAR_DIR, env

# The rule book's overlay of the province (TOML), on top of core/regulations/*.toml.
RULE_BOOK_OVERLAY = env("RULE_BOOK_OVERLAY", default="")
# Extra or cancelled days off (TOML), on top of the public holiday table.
HOLIDAYS_OVERRIDE = env("HOLIDAYS_OVERRIDE", default="")
# "embedded": a thread of the serving process runs the jobs. "celery": workers do.
JOBS_RUNNER = env("JOBS_RUNNER", default="embedded")
CELERY_BROKER_URL = env("CELERY_BROKER_URL", default="redis://127.0.0.1:6379/0")
CELERY_TASK_IGNORE_RESULT = True
# The site's name as the header shows it.
SITE_OWNER = env("SITE_OWNER", default="Sở Khoa học và Công nghệ tỉnh Bình An")
SITE_BASE_URL = env("SITE_BASE_URL", default="http://localhost:8000")
# One-click sign-in of the invented people. Only demo and test settings switch it on.
DEMO_SIGN_IN = False
PDF_FONTS_DIR = BASE_DIR / "core" / "documents" / "fonts"
CLOCK_FILE = VAR_DIR / "clock"
# Only demo and test settings may move the clock.
CLOCK_MOVABLE = False
# The largest file that may be uploaded, in megabytes.
UPLOAD_MAX_MEGABYTES = env.int("UPLOAD_MAX_MEGABYTES", default=50)
# How many requests may send their body at one time in one process; at most half of the threads that serve it.
BODIES_AT_ONCE = env.int("BODIES_AT_ONCE", default=32)
# Rows on a page of a list.
ROWS_PER_PAGE = env.int("ROWS_PER_PAGE", default=25)
# The first choice of a filter of a list.
FILTERS_EMPTY_CHOICE_LABEL = _("All")
