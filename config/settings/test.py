"""For the tests: fast hashing, tasks at once, nothing outside the process."""

import os
import tempfile
from urllib.parse import urlsplit

os.environ.setdefault("SECRET_KEY", "only-for-the-tests-" * 3)
os.environ["VAR_DIR"] = tempfile.mkdtemp(prefix="pamatkurss-tests-")
os.environ.setdefault("DATABASE_URL", "sqlite:///" + os.environ["VAR_DIR"] + "/db.sqlite3")

from .base import *  # noqa: F403  the environment above must stand first

PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
TASKS["jobs"] = {"BACKEND": "django_tasks.backends.immediate.ImmediateBackend", "QUEUES": ["default", "media"]}  # noqa: F405
AXES_ENABLED = False
STATIC_ROOT.mkdir()  # noqa: F405  whitenoise warns where there is none
if CACHE_URL:  # noqa: F405
    # One database of the server for each process of pytest-xdist: a test that empties its cache empties nobody else's.
    _own = os.environ.get("PYTEST_XDIST_WORKER", "gw0").removeprefix("gw")
    CACHES["default"]["LOCATION"] = urlsplit(CACHES["default"]["LOCATION"])._replace(path=f"/{_own}").geturl()  # noqa: F405
else:
    CACHES["default"] = {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"}  # noqa: F405
