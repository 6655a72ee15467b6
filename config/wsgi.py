"""The entry of the web server; where there is no broker, the serving process also runs the background jobs."""

import os

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings.local")
application = get_wsgi_application()

# Only now are the apps ready to be imported.
from core.jobs import embedded  # noqa: E402

embedded.start()
