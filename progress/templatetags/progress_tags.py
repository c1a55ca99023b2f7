"""Template tags of this room's pages in the CMS."""

from django import template

from ..desk import learners_in_words
from ..querysets import percent

register = template.Library()

register.filter("learners", learners_in_words)
register.filter("as_percent", percent)
