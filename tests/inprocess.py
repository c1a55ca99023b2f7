"""A real browser before the real site, without a server: each request goes through Django's test client.

Whatever may go wrong on the way can be staged: no connection, an API that fails.
"""

import mimetypes
import os
from contextlib import contextmanager
from urllib.parse import urlsplit

from django.contrib.staticfiles import finders
from django.db import connections
from django.test import Client
from playwright.sync_api import sync_playwright

from tests.chromium import executable

# An address that every browser takes for a safe one, as the real site's is: without it there is no microphone.
ORIGIN = "http://course.localhost"
MICROPHONE = [
    "--use-fake-device-for-media-stream",
    "--use-fake-ui-for-media-stream",
    "--autoplay-policy=no-user-gesture-required",
]
BACKEND = "django.contrib.auth.backends.ModelBackend"
PASSED_ON = {"content-type", "accept-language", "accept", "x-part", "x-upload-name", "range"}
SENT_ON = {"Content-Type", "Content-Range", "Accept-Ranges"}


@contextmanager
def chromiums():
    """Yield a function that starts Debian's Chromium, with a microphone that hums, or that hears a WAV file of yours
    over and over. There can be several, but only one `chromiums` at a time."""
    # Playwright's loop runs in this thread; the requests it hands over here are plain, one after the other.
    os.environ.setdefault("DJANGO_ALLOW_ASYNC_UNSAFE", "true")
    started = []
    with sync_playwright() as playwright:

        def start(sound=None):
            heard = [f"--use-file-for-fake-audio-capture={sound}"] if sound else []
            arguments = ["--no-sandbox", *MICROPHONE, *heard]
            started.append(playwright.chromium.launch(executable_path=executable(), args=arguments))
            return started[-1]

        yield start
        for one in started:
            one.close()


@contextmanager
def chromium():
    """Yield Debian's Chromium, with a microphone that hums."""
    with chromiums() as start:
        yield start()


def go_on(page, link=None):
    """Take a link to another step of a quiz, and wait until it is there: the page turns after the click returns."""
    step = page.locator(".step.on")
    name = step.get_attribute("id")
    (link or step.get_by_role("link", name="Next")).click()
    page.wait_for_function("(name) => document.querySelector('.step.on')?.id !== name", arg=name)


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
        # As text where it is text; what a device recorded is not.
        body = request.post_data_buffer or b""
        self.requests.append((request.method, path, body.decode(errors="replace") if body else None))
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
            return self._dynamic_at(route, response.url, headers)
        return self._fulfill(route, response)

    def _dynamic_at(self, route, path, headers):
        return self._fulfill(route, self.client.get(path, headers=headers))

    def _fulfill(self, route, response):
        return route.fulfill(
            status=response.status_code,
            body=b"".join(response) if response.streaming else response.content,
            headers={name: value for name, value in response.headers.items() if name in SENT_ON},
        )
