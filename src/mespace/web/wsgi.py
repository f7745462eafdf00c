"""The WSGI entry point. Loaded by each web process after its fork, so each has a pool of its own."""

import os
import sys

from django.core.wsgi import get_wsgi_application

from mespace.platform.environment import Environment, SettingRefused

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "mespace.settings")
os.environ["MESPACE_PROCESS"] = "web"
try:
    Environment.read_for_serving()
except SettingRefused as refused:
    sys.exit(str(refused))
application = get_wsgi_application()
