"""The admin's pages on which a speaker says yes, takes the voice back, and where one sees who listened."""

from typing import Any
from uuid import UUID

from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods, require_safe
from wagtail.admin import messages

from media.access import handed_out
from media.consent_forms import ConsentForm
from media.models import AccessLog, ConsentEvidence, ConsentText, Recording, Speaker, VoiceWithdrawal
from media.withdrawal import files_left, preview_withdrawal, withdraw_voice

PER_PAGE = 50
FAULTY = 400


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
def take(request: HttpRequest, pk: int) -> HttpResponse:
    """Ask a speaker for consent, one purpose after another; POST keeps the answers with what shows them."""
    if not request.user.has_perm("media.add_consent"):
        raise PermissionDenied
    speaker = get_object_or_404(Speaker.objects.prefetch_related("consents"), pk=pk)
    language = request.POST.get("language") or request.GET.get("language") or "lv"
    if language not in ConsentText.Language.values:
        language = "lv"
    if request.method != "POST":
        return _take_page(request, ConsentForm(speaker=speaker, language=language))
    form = ConsentForm(request.POST, request.FILES, speaker=speaker, language=language)
    if form.is_valid() and form.save(by=request.user):
        messages.success(request, _("Thank you. The consent of “%(speaker)s” is kept.") % {"speaker": speaker})
        return redirect("speaker:edit", pk)
    return _take_page(request, form, status=FAULTY)


def _take_page(request: HttpRequest, form: ConsentForm, status: int = 200) -> HttpResponse:
    speaker = form.speaker
    context = {
        "page_title": _("Consent"),
        "page_subtitle": str(speaker),
        "header_icon": "user",
        "breadcrumbs_items": _trail(speaker, _("Consent")),
        "speaker": speaker,
        "form": form,
        "has_romani": ConsentText.objects.filter(language=ConsentText.Language.ROMANI).exists(),
    }
    return render(request, "media/admin/take_consent.html", context, status=status)


@require_GET
@never_cache
def evidence(request: HttpRequest, uuid: UUID) -> FileResponse:
    """Hand out a spoken yes or a signed form, to administrators; the log says to whom."""
    if not request.user.has_perm("media.fetch_evidence"):
        raise PermissionDenied
    kept = get_object_or_404(ConsentEvidence, uuid=uuid)
    return handed_out(request, kept.file, AccessLog.Kind.EVIDENCE, kept.uuid)


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
def withdraw(request: HttpRequest, pk: int) -> HttpResponse:
    """Say exactly what goes when the speaker takes the voice back; POST with the tick deletes it."""
    if not request.user.has_perm("media.withdraw_voice"):
        raise PermissionDenied
    speaker = get_object_or_404(Speaker, pk=pk)
    is_sure = request.POST.get("sure") == "yes"
    if request.method == "POST" and is_sure:
        try:
            done = withdraw_voice(speaker=speaker, by=request.user)
        except Speaker.DoesNotExist:  # pressed twice: the first one has done it meanwhile
            raise Http404 from None
        _report(request, done)
        return redirect("speaker:index")
    context = {
        "page_title": _("Delete the speaker's voice"),
        "page_subtitle": str(speaker),
        "header_icon": "bin",
        "breadcrumbs_items": _trail(speaker, _("Delete the speaker's voice")),
        "speaker": speaker,
        "preview": preview_withdrawal(speaker),
        "is_unsure": request.method == "POST",
    }
    return render(request, "media/admin/withdraw_voice.html", context, status=FAULTY if context["is_unsure"] else 200)


def _report(request: HttpRequest, done: VoiceWithdrawal) -> None:
    messages.success(
        request,
        ngettext(
            "The voice is taken back. %(count)s recording is deleted; no page plays it any more.",
            "The voice is taken back. %(count)s recordings are deleted; no page plays them any more.",
            done.takes,
        )
        % {"count": done.takes},
    )
    left = files_left()
    if left:
        messages.warning(
            request,
            ngettext(
                "%(count)s file is still in the storage, which did not answer. No address leads to it. "
                "It is tried again by itself; look here again in an hour.",
                "%(count)s files are still in the storage, which did not answer. No address leads to them. "
                "It is tried again by itself; look here again in an hour.",
                left,
            )
            % {"count": left},
        )


@require_safe
@never_cache
def access_report(request: HttpRequest) -> HttpResponse:
    """List who fetched originals and evidence of consent, and which voices were taken back; newest first."""
    if not request.user.has_perm("media.view_accesslog"):
        raise PermissionDenied
    rows = Paginator(AccessLog.objects.newest_first(), PER_PAGE).get_page(request.GET.get("p"))
    context = {
        "page_title": _("Who listened to what is private"),
        "header_icon": "view",
        "breadcrumbs_items": [{"url": "", "label": _("Who listened to what is private")}],
        "rows": rows,
        "subjects": _subjects([row.subject for row in rows]),
        "withdrawals": VoiceWithdrawal.objects.select_related("done_by")[:20],
        "files_left": files_left(),
    }
    return render(request, "media/admin/access_report.html", context)


def _subjects(uuids: list[UUID]) -> dict[UUID, str]:
    """Return what was fetched, in words; nothing for what is deleted."""
    recordings = Recording.objects.filter(uuid__in=uuids).values_list("uuid", "title")
    kept = ConsentEvidence.objects.filter(uuid__in=uuids).values_list("uuid", "speaker__label")
    return dict(recordings) | dict(kept)


def _trail(speaker: Speaker, label: str) -> list[dict[str, Any]]:
    return [
        {"url": reverse("speaker:index"), "label": _("Speakers")},
        {"url": reverse("speaker:edit", args=[speaker.pk]), "label": str(speaker)},
        {"url": "", "label": label},
    ]
