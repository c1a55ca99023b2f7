"""The reviewers' queue of words in the admin: one word after the other, each decision a form of the page."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe
from wagtail.admin.auth import permission_denied

from dictionary.models import Entry, SignOff
from dictionary.models.signoffs import WRONG_FIELDS
from dictionary.reviewing import (
    RIGHT_TO_SIGN,
    ChangedMeanwhile,
    pass_over,
    profile_of,
    sign_off,
    take_back,
)
from dictionary.signed import token_of
from dictionary.templatetags.dictionary_tags import is_heard
from media.models import Variety

from .words import (
    Scope,
    around,
    for_looking,
    last_act,
    next_word,
    offered,
    passed_today,
    progress,
    words_for,
)

FAULTY, CHANGED = 400, 409
TYPED = ("verdict", "form", "form_variety", "field", "note")
NOT_KNOWN = "not_known"


@never_cache
@require_safe
def words(request: HttpRequest) -> HttpResponse:
    """Show the word that waits next, or the one that is asked for by `word`. The first time: how to sign."""
    if not request.user.has_perm(RIGHT_TO_SIGN):
        return permission_denied(request)
    scope = Scope.of(request.GET)
    if profile_of(request.user) is None:
        return redirect("review_words_name")
    code = request.GET.get("word", "")
    if not code and (found := next_word(request.user, scope)) is not None:
        code = found.code
    return _page(request, scope, for_looking(code) if code else None)


@require_POST
def decide(request: HttpRequest, code: str) -> HttpResponse:
    """Keep what is said about one word and go to the next; a fault is shown at its field, with what was typed."""
    if not request.user.has_perm(RIGHT_TO_SIGN):
        return permission_denied(request)
    scope, data = Scope.of(request.POST), request.POST
    entry = for_looking(code)
    if data.get("verdict") == NOT_KNOWN:
        pass_over(entry=entry, by=request.user)
        messages.success(request, _("“%(word)s”: you will not be asked again today.") % {"word": entry.text})
        return _next(scope)
    try:
        said = _sign(request, entry, data)
    except ChangedMeanwhile:
        fault = ValidationError(_("The word has changed meanwhile. Look at it once more, then decide."))
        return _page(request, scope, for_looking(code), fault, status=CHANGED)
    except ValidationError as error:
        return _page(request, scope, entry, error, status=FAULTY)
    messages.success(request, _told(said))
    return _next(scope)


def _sign(request: HttpRequest, entry: Entry, data: QueryDict) -> SignOff:
    variety, wanted = None, data.get("form_variety", "")
    if wanted and wanted != entry.variety.code:
        variety = None if "\x00" in wanted else Variety.objects.filter(code=wanted).first()
        if variety is None:
            raise ValidationError({"form_variety": _("Choose one of the varieties.")})
    return sign_off(
        entry=entry,
        by=request.user,
        verdict=data.get("verdict", ""),
        seen=data.get("seen", ""),
        form=data.get("form", ""),
        form_variety=variety,
        field=data.get("field", "-"),
        note=data.get("note", ""),
    )


@require_POST
def undo(request: HttpRequest) -> HttpResponse:
    """Take back what this reviewer said, or that they passed a word over, and show the word again."""
    if not request.user.has_perm(RIGHT_TO_SIGN):
        return permission_denied(request)
    scope, number = Scope.of(request.POST), request.POST.get("said", "")
    if number:
        pk = int(number) if number.isascii() and number.isdigit() and len(number) < 16 else 0
        said = get_object_or_404(SignOff.objects.select_related("entry"), pk=pk, by=request.user)
        entry = said.entry
        try:
            take_back(sign_off=said, by=request.user)
        except ValidationError as error:
            messages.warning(request, " ".join(error.messages))
            return _next(scope)
    else:
        entry = for_looking(request.POST.get("passed", ""))
        passed_today(request.user).filter(entry=entry).delete()
    if request.POST.get("to") == "mine":
        messages.success(request, _("“%(word)s”: taken back.") % {"word": entry.text})
        return redirect("review_words_mine")
    messages.success(request, _("Taken back. Look at the word once more and decide."))
    return redirect(reverse("review_words") + scope.query(word=entry.code))


@require_POST
def again(request: HttpRequest) -> HttpResponse:
    """Ask once more about what was passed over today."""
    if not request.user.has_perm(RIGHT_TO_SIGN):
        return permission_denied(request)
    passed_today(request.user).delete()
    return _next(Scope.of(request.POST))


def _next(scope: Scope) -> HttpResponse:
    return redirect(reverse("review_words") + scope.query())


def _page(
    request: HttpRequest, scope: Scope, entry: Entry | None, fault: ValidationError | None = None, status: int = 200
) -> HttpResponse:
    user, typed = request.user, request.POST if fault else QueryDict()
    # The script asks for the part alone: a phone need not fetch the whole admin for each word.
    part = request.headers.get("X-Part") == "word"
    context: dict[str, Any] = {
        "page_title": _("Words"),
        "header_title": _("Words"),
        "header_icon": "openquote",
        "breadcrumbs_items": [
            {"url": reverse("review_home"), "label": _("Native review")},
            {"url": "", "label": _("Words")},
        ],
        "scope": scope,
        "entry": entry,
        "progress": progress(user, scope),
        "last": last_act(user),
        "faults": faults_of(fault),
        "typed": {name: typed.get(name, "") for name in TYPED},
        "varieties": list(Variety.objects.all()),
        "part": part,
    }
    if not part:
        context |= {"offered": offered(), "profile": profile_of(user)}
    if entry is not None:
        context |= around(entry, user) | {"seen": token_of(entry), "fields": _fields(entry)}
    else:
        context |= {"passed": passed_today(user).count()}
        if not scope.signed:
            context |= {"also": words_for(user, Scope(**{**vars(scope), "signed": True})).count()}
    template = "review/admin/word_part.html" if part else "review/admin/words.html"
    return render(request, template, context, status=status)


def _fields(entry: Entry) -> list[tuple[str, Any]]:
    """Return what may be called wrong: nothing that the card does not show."""
    shown = {"image": entry.image, "recording": is_heard(entry), "forms": entry.attested_forms or entry.variants.all()}
    return [(field, label) for field, label in WRONG_FIELDS if shown.get(field, True)]


def faults_of(error: ValidationError | None) -> dict[str, list[str]]:
    if error is None:
        return {}
    return error.message_dict if hasattr(error, "error_dict") else {"whole": error.messages}


def _told(said: SignOff) -> str:
    texts = {
        SignOff.RIGHT: _("“%(word)s”: signed. Thank you."),
        SignOff.DIFFERENTLY: _("“%(word)s”: an editor will see how you say it."),
        SignOff.WRONG: _("“%(word)s”: an editor will see what is wrong."),
    }
    return texts[said.verdict] % {"word": said.text_seen}
