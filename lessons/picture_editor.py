"""The editor of *picture*: its places are drawn on the picture itself, and the picture in a size to draw on."""

from typing import Any

from django import forms
from django.core.files.storage import default_storage
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from wagtail.admin.telepath import register
from wagtail.blocks.struct_block import StructBlockAdapter
from wagtail.images.permissions import permission_policy

from .exercises.picture import MOST_AREAS, SMALLEST, PictureBlock
from .pictures import picture_facts


class PictureAdapter(StructBlockAdapter):
    """Wagtail's own form of the block, with the picture to draw on above the numbers."""

    js_constructor = "lessons.PictureBlock"

    def js_args(self, block: Any) -> list[Any]:
        name, children, meta = super().js_args(block)
        return [name, children, meta | {"places": _words()}]

    @cached_property
    def media(self) -> forms.Media:
        own = forms.Media(js=["lessons/js/picture-places.js"], css={"all": ["lessons/picture-places.css"]})
        return super().media + own


def _words() -> dict[str, Any]:
    """Return what the script says, in the author's language, and what bounds it."""
    return {
        "picture": reverse("exercise-picture", args=[0]),
        "least": SMALLEST,
        "most": MOST_AREAS,
        "choose": _("Choose a picture, then draw the places on it."),
        "hint": _(
            "Draw a place on the picture; drag it to move it, drag its corner to resize it. With the keyboard, arrows "
            "move a place, Shift with arrows resizes it, Escape takes the last change back."
        ),
        "sheet": _("Places drawn on the picture"),
        "name": _("Place {number}: {text}"),
        "right": _("Place {number}, right: {text}"),
        "nameless": _("not described yet"),
        "said": _("Place {number}: {x} % from the left, {y} % from the top, {width} % wide, {height} % high"),
        "gone": _("The place is gone again."),
    }


def picture_to_draw_on(request: HttpRequest, pk: int) -> HttpResponse:
    """Lead to the picture in the size in which learners see it; 404 to who may not choose it."""
    images = permission_policy.instances_user_has_any_permission_for(request.user, ["add", "change", "choose"])
    if not images.filter(pk=pk).exists():
        raise Http404
    facts = picture_facts([pk]).get(pk)
    if facts is None:
        raise Http404
    return redirect(default_storage.url(facts["large"]["file"]))


register(PictureAdapter(), PictureBlock)
