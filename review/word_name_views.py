"""How a reviewer signs, and what they have signed."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe
from wagtail.admin.auth import permission_denied

from dictionary.models import ReviewerProfile, SignOff
from dictionary.reviewing import RIGHT_TO_SIGN, profile_of, set_profile
from media.models import Variety

from .word_views import FAULTY, faults_of

PER_PAGE = 25


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def name(request: HttpRequest) -> HttpResponse:
    """Ask how the reviewer wants to stand beside the words that they sign; anew whenever they like."""
    if not request.user.has_perm(RIGHT_TO_SIGN):
        return permission_denied(request)
    profile, fault = profile_of(request.user), None
    if request.method == "POST":
        try:
            _keep(request)
        except ValidationError as error:
            fault = error
        else:
            messages.success(request, _("Kept. You may change it at any time."))
            return redirect("review_words")
    return _name_page(request, profile, fault)


def _keep(request: HttpRequest) -> None:
    data, variety = request.POST, None
    if code := data.get("variety", ""):
        variety = None if "\x00" in code else Variety.objects.filter(code=code).first()
        if variety is None:
            raise ValidationError({"variety": _("Choose one of the varieties.")})
    set_profile(
        user=request.user,
        mode=data.get("mode", ""),
        pseudonym=data.get("pseudonym", ""),
        variety=variety,
        change_earlier=data.get("change_earlier") == "1",
    )


def _name_page(request: HttpRequest, profile: ReviewerProfile | None, fault: ValidationError | None) -> HttpResponse:
    user: Any = request.user
    if fault is not None:
        chosen = {one: request.POST.get(one, "") for one in ("mode", "pseudonym", "variety", "change_earlier")}
    else:
        is_pseudonym = profile is not None and profile.mode == ReviewerProfile.PSEUDONYM
        chosen = {
            "mode": profile.mode if profile else "",
            "pseudonym": profile.signs_as if profile and is_pseudonym else "",
            "variety": profile.variety.code if profile and profile.variety else "",
            "change_earlier": "1",
        }
    title = _("How you sign")
    context = {
        "page_title": title,
        "header_title": title,
        "header_icon": "user",
        "breadcrumbs_items": _path(title),
        "is_first": profile is None,
        "chosen": chosen,
        "own_name": user.get_full_name(),
        "varieties": list(Variety.objects.all()),
        "has_signed": SignOff.objects.filter(by=user).exists(),
        "faults": faults_of(fault),
    }
    return render(request, "review/admin/word_name.html", context, status=FAULTY if fault else 200)


@never_cache
@require_safe
def mine(request: HttpRequest) -> HttpResponse:
    """List what the reviewer said, the newest first, with what became of it."""
    if not request.user.has_perm(RIGHT_TO_SIGN):
        return permission_denied(request)
    user: Any = request.user
    said = SignOff.objects.filter(by=user).select_related("entry", "form_variety", "comment")
    title = _("What I said about words")
    context = {
        "page_title": title,
        "header_title": title,
        "header_icon": "openquote",
        "breadcrumbs_items": _path(title),
        "rows": Paginator(said, PER_PAGE).get_page(request.GET.get("p")),
        "profile": profile_of(user),
    }
    return render(request, "review/admin/word_mine.html", context)


def _path(title: str) -> list[dict[str, str]]:
    return [
        {"url": reverse("review_home"), "label": _("Native review")},
        {"url": reverse("review_words"), "label": _("Words")},
        {"url": "", "label": title},
    ]
