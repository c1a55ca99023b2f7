"""Who may keep a copy of a page: everyone, for a minute, when it is the same for everyone.

Pages hold nothing personal (that comes from the API), so browsers and a CDN may keep them. An
author sees a change within a minute; a reload with an unchanged page costs a 304 and no body.
"""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.middleware.http import ConditionalGetMiddleware
from django.template.response import SimpleTemplateResponse
from django.utils.cache import patch_cache_control

MAX_AGE_SECONDS = 60
STALE_SECONDS = 600


def make_public(request: HttpRequest, response: HttpResponseBase) -> HttpResponseBase:
    """Return `response` open to every cache, with an ETag; as it was if it is not a plain answer."""
    if request.method not in ("GET", "HEAD") or response.status_code != 200:
        return response
    patch_cache_control(response, public=True, max_age=MAX_AGE_SECONDS, stale_while_revalidate=STALE_SECONDS)

    def answer_condition(rendered: HttpResponseBase) -> HttpResponseBase:
        return ConditionalGetMiddleware(lambda _request: rendered).process_response(request, rendered)

    if isinstance(response, SimpleTemplateResponse) and not response.is_rendered:
        response.add_post_render_callback(answer_condition)
        return response
    return answer_condition(response)


def cacheable(view: Callable[..., HttpResponseBase]) -> Callable[..., HttpResponseBase]:
    """Make a view's answers public. Only for views that look at nothing but the address."""

    @wraps(view)
    def inner(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        return make_public(request, view(request, *args, **kwargs))

    return inner
