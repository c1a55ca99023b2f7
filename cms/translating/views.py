"""Bring a translation level with its source; which translations are behind."""

from typing import Any

from django.core.exceptions import ValidationError
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_safe
from wagtail.admin import messages
from wagtail.admin.auth import permission_denied
from wagtail.models import Page
from wagtail.permissions import page_permission_policy

from cms.models import TranslationState

from . import presenting, services

PER_PAGE = 50


def may_translate(user: Any) -> bool:
    return bool(page_permission_policy.user_has_permission(user, "change"))


def behind_for(user: Any) -> Any:
    """Return the states of translations that are behind and that the person may edit."""
    pages = page_permission_policy.instances_user_has_permission_for(user, "change")
    return TranslationState.objects.behind().filter(page__in=pages.values("pk"))


@require_safe
def translations(request: HttpRequest) -> HttpResponse:
    """List the translations that are behind their source."""
    if not may_translate(request.user):
        return permission_denied(request)
    page = Paginator(behind_for(request.user), PER_PAGE).get_page(request.GET.get("p"))
    context = {"page_title": _("Translations that are behind"), "header_icon": "globe", "page": page}
    return render(request, "cms/translating/list.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def translation(request: HttpRequest, pk: int) -> HttpResponse:
    """Show what the source says otherwise; POST takes over what is no text, or says that it is level."""
    page = get_object_or_404(Page.objects.select_related("locale"), pk=pk).specific
    if not page.permissions_for_user(request.user).can_edit():
        return permission_denied(request)
    if services.source_of(page) is None:
        raise Http404("no source to be compared with")
    if request.method == "POST":
        return _post(request, page)
    found = services.standing(page)
    if found is None:  # deleted this very moment
        raise Http404("no source to be compared with")
    return render(request, "cms/translating/translation.html", _context(request, found))


def _context(request: HttpRequest, found: services.Standing) -> dict[str, Any]:
    open_groups = found.open
    return {
        "page_title": _("Bring the translation level"),
        "page_subtitle": found.here.get_admin_display_title(),
        "header_icon": "globe",
        "found": found,
        "groups": presenting.shown(open_groups),
        "said": presenting.said(open_groups),
        "texts_left": presenting.texts_left(open_groups),
        "can_take_over": presenting.can_take_over(open_groups),
        "is_locked": found.page.permissions_for_user(request.user).page_locked(),
        "editor": reverse("wagtailadmin_pages:edit", args=[found.page.pk]),
        "source_language": found.source.locale.get_display_name(),
        "source_code": found.source.locale.language_code,
        "code": found.page.locale.language_code,
        "language": found.page.locale.get_display_name(),
    }


def _post(request: HttpRequest, page: Page) -> HttpResponse:
    here = redirect("translation", page.pk)
    if page.permissions_for_user(request.user).page_locked():
        messages.error(request, _("This page is locked. Nothing was changed."))
        return here
    try:
        if request.POST.get("do") == "level":
            services.bring_level(page=page, user=request.user, seen=request.POST.get("seen", ""))
            messages.success(request, _("“%(title)s” is level with its original.") % {"title": page.draft_title})
            return here
        if request.POST.get("do") != "take-over":
            messages.error(request, _("Choose what is to be done."))
            return here
        return _taken_over(request, page)
    except ValidationError as error:
        messages.error(request, " ".join(error.messages))
        return here


def _taken_over(request: HttpRequest, page: Page) -> HttpResponse:
    is_changed = services.take_over(page=page, user=request.user)
    found = services.standing(Page.objects.get(pk=page.pk).specific)
    left = presenting.texts_left(found.open) if found else 0
    texts = ngettext("%(count)d text is still to be translated.", "%(count)d texts are still to be translated.", left)
    texts = texts % {"count": left} if left else _("No text is left to be translated.")
    done = _("Taken over into a draft.") if is_changed else _("There was nothing to take over.")
    messages.success(request, f"{done} {texts}")
    return redirect("wagtailadmin_pages:edit", page.pk)
