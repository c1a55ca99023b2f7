"""Template tags of this room's pages in the CMS."""

from django import template

from ..desk import senders_in_words
from ..querysets import percent

register = template.Library()

register.filter("senders", senders_in_words)
register.filter("as_percent", percent)
