"""For the tests: fast hashing, tasks at once, nothing outside the process."""

import os
import tempfile

os.environ.setdefault("SECRET_KEY", "only-for-the-tests-" * 3)
os.environ["VAR_DIR"] = tempfile.mkdtemp(prefix="pamatkurss-tests-")
os.environ.setdefault("DATABASE_URL", "sqlite:///" + os.environ["VAR_DIR"] + "/db.sqlite3")

from .base import *  # noqa: F403  the environment above must stand first

PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
TASKS["jobs"] = {"BACKEND": "django_tasks.backends.immediate.ImmediateBackend", "QUEUES": ["default", "media"]}  # noqa: F405
AXES_ENABLED = False
STATIC_ROOT.mkdir()  # noqa: F405  whitenoise warns where there is none
if not CACHE_URL:  # noqa: F405
    CACHES = {"default": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"}}
