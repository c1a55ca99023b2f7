"""What happens around every request."""

import contextlib
import ipaddress

import brotli
from django.conf import settings
from django.middleware.gzip import GZipMiddleware
from django.middleware.locale import LocaleMiddleware
from django.utils import translation
from django.utils.cache import patch_vary_headers

HINT_COOKIE = "signed_in"


class ClientAddressMiddleware:
    """Put the visitor's own address into REMOTE_ADDR where `TRUSTED_PROXIES` servers of ours stand in front.

    Limits of attempts count by address: without this everyone behind one proxy would share them. Each proxy
    adds the address that it saw at the end of X-Forwarded-For, so what a visitor writes there stands further
    left and is never read. A request that did not come through all of them keeps its address.
    """

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        passed = [part.strip() for part in request.META.get("HTTP_X_FORWARDED_FOR", "").split(",")]
        if 0 < settings.TRUSTED_PROXIES <= len(passed):
            # What is no address is left alone: the proxy is not set up as docs/operations.md describes.
            with contextlib.suppress(ValueError):
                request.META["REMOTE_ADDR"] = str(ipaddress.ip_address(passed[-settings.TRUSTED_PROXIES]))
        return self.get_response(request)


class CompressMiddleware(GZipMiddleware):
    """Compress text: a lesson's 40 KB of HTML are 8 KB on a thin line. Sound is left as it is.

    Public pages go out in Brotli where the browser takes it, a sixth smaller than gzip. What may hold a
    secret of the reader's keeps to Django's gzip, whose random padding hides its true length (BREACH).
    Django's own middleware also compresses streams, which would break ranges of recordings.
    """

    TYPES = ("text/html", "application/json", "application/problem+json", "application/vnd.oai.openapi")

    def process_response(self, request, response):
        if not response.get("Content-Type", "").startswith(self.TYPES):
            return response
        if self._takes_brotli(request, response):
            response.content = brotli.compress(response.content, mode=brotli.MODE_TEXT, quality=5)
            response.headers["Content-Encoding"] = "br"
            response.headers["Content-Length"] = str(len(response.content))
            if etag := response.get("ETag"):
                response.headers["ETag"] = etag if etag.startswith("W/") else f"W/{etag}"
            patch_vary_headers(response, ("Accept-Encoding",))
            return response
        return super().process_response(request, response)

    @staticmethod
    def _takes_brotli(request, response):
        accepted = {
            coding.partition(";")[0].strip() for coding in request.headers.get("Accept-Encoding", "").split(",")
        }
        is_public = "public" in response.get("Cache-Control", "")
        is_whole = (
            not response.streaming and not response.has_header("Content-Encoding") and len(response.content) >= 200
        )
        return "br" in accepted and is_public and is_whole


class LanguageMiddleware(LocaleMiddleware):
    """Take the language from the address; for the API from Accept-Language.

    Pages are the same for everyone at one address, so no cookie and no header may change them.
    """

    def process_request(self, request):
        if request.path_info.startswith("/api/"):
            language = translation.get_language_from_request(request)
        else:
            language = translation.get_language_from_path(request.path_info) or settings.LANGUAGE_CODE
        translation.activate(language)
        request.LANGUAGE_CODE = translation.get_language()

    def process_response(self, request, response):
        response.headers.setdefault("Content-Language", translation.get_language())
        if request.path_info.startswith("/api/"):
            patch_vary_headers(response, ("Accept-Language",))
        return response


class CleanQueryMiddleware:
    """Drop from search terms what the database's full-text search cannot take.

    An unbalanced quotation mark or NUL raises inside SQLite's and PostgreSQL's search, also in
    Wagtail's own listings (known upstream). Nobody searches for those characters.
    """

    NAMES = ("q", "search", "query")
    DROP = {ord(c): " " for c in '"\x00'} | dict.fromkeys(range(1, 32), " ")

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        dirty = {name: request.GET[name].translate(self.DROP).strip() for name in self.NAMES if name in request.GET}
        if any(request.GET[name] != value for name, value in dirty.items()):
            request.GET = request.GET.copy()
            for name, value in dirty.items():
                request.GET[name] = value
        return self.get_response(request)


class SignedInHintMiddleware:
    """Keep a readable cookie that says only whether somebody is signed in.

    Cached pages are the same for everyone; their script looks at this cookie to know whether it
    is worth asking the API who is there. It grants nothing.
    """

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        response = self.get_response(request)
        # Only where the session was looked at anyway: a cacheable page must not depend on it.
        if request.session.accessed and hasattr(request, "user"):
            signed_in, hinted = request.user.is_authenticated, HINT_COOKIE in request.COOKIES
            if signed_in and not hinted:
                response.set_cookie(
                    HINT_COOKIE,
                    "1",
                    max_age=settings.SESSION_COOKIE_AGE,
                    secure=settings.SESSION_COOKIE_SECURE,
                    samesite="Lax",
                )
            elif hinted and not signed_in:
                response.delete_cookie(HINT_COOKIE, samesite="Lax")
        return response
