"""Production, and `make run`: compressed static files with hashed names, HTTPS where BASE_URL says so."""

from .base import *  # noqa: F403  settings are one namespace by Django's design

STORAGES["staticfiles"] = {"BACKEND": "config.storage.StaticStorage"}  # noqa: F405

SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = BASE_URL.startswith("https://")  # noqa: F405
if BASE_URL.startswith("https://"):  # noqa: F405
    SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
    SECURE_SSL_REDIRECT = True
    SECURE_REDIRECT_EXEMPT = [r"^healthz$"]
    SECURE_HSTS_SECONDS = 31_536_000
