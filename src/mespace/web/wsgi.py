"""The WSGI entry point. Loaded by each web process after its fork, so each has a pool of its own."""

import gc
import os
import sys

from django.core.wsgi import get_wsgi_application
from django.urls import get_resolver

from mespace.platform.environment import Environment, SettingRefused

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "mespace.settings")
os.environ["MESPACE_PROCESS"] = "web"
try:
    Environment.read_for_serving()
except SettingRefused as refused:
    sys.exit(str(refused))
application = get_wsgi_application()
get_resolver().check()  # loads every page's code now, not in the first reader's request

# What is loaded stays: the collector need not look through it again, and a page makes more objects than its usual
# threshold of 700 (a fifth of the CPU time of a ticket's page).
gc.collect()
gc.freeze()
gc.set_threshold(50_000, 20, 20)
