"""The pages, for the server's threads."""

import os

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "deskhand.config.settings")
application = get_wsgi_application()
