"""For developers: reload, debug pages, letters on the console. `make dev`."""

import os
from pathlib import Path

os.environ.setdefault("SECRET_KEY", "only-for-developers-" * 3)
os.environ.setdefault("VAR_DIR", str(Path(__file__).resolve().parent.parent.parent / "var"))

from .base import *  # noqa: F403  the two defaults above must stand first

DEBUG = True
EMAIL_BACKEND = "django.core.mail.backends.console.EmailBackend"
