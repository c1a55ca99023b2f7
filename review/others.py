"""What else waits for somebody who knows the language: other rooms' queues, on the first page of this one."""

from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext as _
from wagtail import hooks

from media.permissions import CHECK
from progress.appeals import waiting_forms
from studio.checking import takes_for

from .parts import HOOK, Part

REVIEWING = ("dictionary.add_signoff", "review.add_answer")
"""Authors check recordings too, in the studio; whoever has none of these rights has no part in this room."""


@hooks.register(HOOK)
def offer_what_else_waits(request: HttpRequest, parts: list[Part]) -> None:
    user = request.user
    if not any(user.has_perm(right) for right in REVIEWING):
        return
    if user.has_perm(CHECK):
        text = _("Is it the right word, and can it be heard well?")
        parts.append(Part("takes", _("Recordings"), text, reverse("studio_takes"), takes_for(user).count, 40))
    if user.has_perm("progress.change_appealedform"):
        text = _("What learners wrote and believe to be right.")
        parts.append(Part("appeals", _("Learners' answers"), text, reverse("appeals"), waiting_forms().count, 50))
