"""The entry of the web server; where there is no broker, the serving process also runs the background jobs.

DJANGO_SETTINGS_MODULE must be set: a server that forgot it would be one that anybody can sign in to.
"""

from django.core.wsgi import get_wsgi_application

application = get_wsgi_application()

# Only now are the apps ready to be imported.
from core.jobs import embedded  # noqa: E402

embedded.start()
