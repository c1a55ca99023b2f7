"""Addresses of the site that are no pages. Included below the language prefix."""

from django.urls import path
from django.utils.functional import lazy
from django.utils.translation import get_language

from cms.views import search_page

ADDRESSES = {"search": {"lv": "meklet/", "en": "search/"}}


def _address(name: str) -> str:
    words = ADDRESSES[name]
    return words.get(get_language() or "lv", words["en"])


# Not a translated message: changing a word in a message file must not break an address.
localized = lazy(_address, str)

urlpatterns = [path(localized("search"), search_page, name="search")]
