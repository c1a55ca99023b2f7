"""A real browser before the real site, without a server: each request goes through Django's test client.

Whatever may go wrong on the way can be staged: no connection, an API that fails.
"""

import mimetypes
import os
import shutil
from contextlib import contextmanager
from urllib.parse import urlsplit

from django.contrib.staticfiles import finders
from django.db import connections
from django.test import Client
from playwright.sync_api import sync_playwright

ORIGIN = "http://course.test"
# On an address that the browser takes for a safe one, as the real site's is.
MICROPHONE = [
    "--use-fake-device-for-media-stream",
    f"--unsafely-treat-insecure-origin-as-secure={ORIGIN}",
    "--autoplay-policy=no-user-gesture-required",
]
BACKEND = "django.contrib.auth.backends.ModelBackend"
PASSED_ON = {"content-type", "accept-language", "accept", "x-upload-name"}


@contextmanager
def chromium():
    """Yield Debian's Chromium, with a microphone that hums."""
    # Playwright's loop runs in this thread; the requests it hands over here are plain, one after the other.
    os.environ.setdefault("DJANGO_ALLOW_ASYNC_UNSAFE", "true")
    with sync_playwright() as playwright:
        path = shutil.which("chromium") or "/usr/bin/chromium"
        browser = playwright.chromium.launch(executable_path=path, args=["--no-sandbox", *MICROPHONE])
        yield browser
        browser.close()


class Visit:
    """One browser window on the site, of a visitor or of somebody signed in."""

    def __init__(self, browser, user=None, **window):
        self.client = Client()
        self.database = connections["default"]
        self.context = browser.new_context(**({"viewport": {"width": 1280, "height": 800}} | window))
        if user is not None:
            self.client.force_login(user, BACKEND)
            self.context.add_cookies(
                [{"name": name, "value": "x" * 32, "url": ORIGIN} for name in ("signed_in", "csrftoken")]
            )
        self.failing = {}
        self.is_offline = False
        self.requests = []
        self.errors = []
        self.page = self.context.new_page()
        self.page.on("pageerror", lambda error: self.errors.append(str(error)))
        self.context.route("**/*", self._answer)

    def open(self, path):
        self.page.goto(ORIGIN + path)
        return self.page

    def asked(self, method, part):
        """Return the bodies of the requests of that method whose path holds `part`."""
        return [body for verb, path, body in self.requests if verb == method and part in path]

    def _answer(self, route):
        # Playwright calls this from its own loop, where Django would open a second connection, outside the
        # transaction of the test.
        connections["default"] = self.database
        request = route.request
        url = urlsplit(request.url)
        path = f"{url.path}?{url.query}" if url.query else url.path
        body = request.post_data_buffer
        # What was sent may be a sound, which is no text; tests read only texts.
        self.requests.append((request.method, path, body if body is None else body.decode("utf-8", "replace")))
        if self.is_offline:
            return route.abort("internetdisconnected")
        status = next((status for part, status in self.failing.items() if part in path), None)
        if status:
            return route.fulfill(status=status, body="{}", content_type="application/problem+json")
        if url.path.startswith("/static/"):
            return self._static(route, url.path.removeprefix("/static/"))
        return self._dynamic(route, path)

    def _static(self, route, name):
        path = finders.find(name)
        if not path:
            return route.fulfill(status=404)
        return route.fulfill(path=path, content_type=mimetypes.guess_type(name)[0])

    def _dynamic(self, route, path):
        request = route.request
        headers = {name: value for name, value in request.headers.items() if name in PASSED_ON}
        kind = headers.pop("content-type", "application/octet-stream")
        response = self.client.generic(
            request.method, path, request.post_data_buffer or b"", content_type=kind, headers=headers
        )
        if response.status_code in (301, 302):
            # Only a first answer can be staged by the browser as a redirect; it is followed here.
            return self._dynamic_at(route, response.url)
        return self._fulfill(route, response)

    def _dynamic_at(self, route, path):
        return self._fulfill(route, self.client.get(path))

    def _fulfill(self, route, response):
        return route.fulfill(
            status=response.status_code,
            body=b"".join(response) if response.streaming else response.content,
            content_type=response.headers.get("Content-Type"),
        )
