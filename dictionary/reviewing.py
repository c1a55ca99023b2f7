"""Native reviewers sign words: what they say about an entry, and what an editor makes of it.

The only writer of `SignOff` and `ReviewerProfile`, but for `dictionary.signed`, which ends a signature when the entry
comes to say something else.
"""

import re
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.http import Http404
from django.utils import timezone
from django.utils.translation import gettext as _

from cms.commenting import LONGEST as LONGEST_NOTE
from cms.commenting import comment_on, resolve_comment

from .models import Entry, PassedOver, ProtectedPair, ReviewerProfile, SignOff, Variant
from .models.signoffs import WRONG_FIELDS
from .signed import set_review, signed_content, token_of
from .spelling import plain

RIGHT_TO_SIGN = "dictionary.add_signoff"
LONGEST_FORM = 120
LONGEST_NAME = 80
LONGEST_REASON = 300


class ChangedMeanwhile(Exception):
    """The entry says something else than the reviewer had before them."""

    def __init__(self, entry: Entry) -> None:
        self.entry = entry
        super().__init__(str(entry))


def profile_of(user: Any) -> ReviewerProfile | None:
    """Return how somebody wants to be named, or nothing before they have said so."""
    return ReviewerProfile.objects.select_related("variety").filter(user=user).first()


@transaction.atomic
def set_profile(
    *, user: Any, mode: str, pseudonym: str = "", variety: Any = None, change_earlier: bool = False
) -> ReviewerProfile:
    """Say how `user` stands publicly beside the words that they sign; with `change_earlier` also beside those signed
    before.

    Raises `ValidationError` that names `mode` or `pseudonym`.
    """
    if mode not in dict(ReviewerProfile.MODES):
        raise ValidationError({"mode": _("Choose how you want to sign.")})
    name = {"name": user.get_full_name(), "pseudonym": pseudonym}.get(mode, "")
    name = " ".join(name.replace("\x00", "").split())
    if mode != ReviewerProfile.UNNAMED:
        _check_name(name, "pseudonym" if mode == ReviewerProfile.PSEUDONYM else "mode")
    profile, _made = ReviewerProfile.objects.update_or_create(
        user=user, defaults={"mode": mode, "signs_as": name, "variety": variety}
    )
    if change_earlier:
        SignOff.objects.filter(by=user).update(signed_as=name)
    return profile


def _check_name(name: str, field: str) -> None:
    if not name:
        missing = {
            "mode": _("Your account has no name. Write one in your profile, or choose another way to sign."),
            "pseudonym": _("Write the name that shall stand beside your words."),
        }
        raise ValidationError({field: missing[field]})
    if len(name) > LONGEST_NAME:
        raise ValidationError({field: _("At most %(most)d characters.") % {"most": LONGEST_NAME}})
    if "@" in name or not re.search(r"\w", name):
        raise ValidationError({field: _("Write a name, no e-mail address and not signs alone: everybody reads it.")})


@transaction.atomic
def sign_off(
    *,
    entry: Entry,
    by: Any,
    verdict: str,
    seen: str,
    form: str = "",
    form_variety: Any = None,
    field: str = "",
    note: str = "",
) -> SignOff:
    """Keep what `by` says about the entry that they looked at as `seen` (`signed.token_of`).

    `right` makes the entry reviewed. `differently` (with the `form` that they say) and `wrong` (with a `note` about a
    `field`) leave it as it is, and an editor is told. Saying the same again changes nothing; saying something else
    takes back what the same reviewer said before.

    Raises `ChangedMeanwhile`, and `ValidationError` that names `verdict`, `form`, `field` or `note`.
    """
    now = _locked(entry)
    if token_of(now) != seen:
        raise ChangedMeanwhile(now)
    said = _checked(now, verdict, form, field, note)
    before = SignOff.objects.valid().filter(entry=now, by=by).select_related("comment").first()
    if before is not None:
        if before.verdict == verdict and all(getattr(before, name) == value for name, value in said.items()):
            return before
        _withdraw(now, before, by)
    profile = profile_of(by)
    content = signed_content(now)
    is_signed = SignOff.objects.standing().filter(entry=now).exists()
    made = SignOff(
        entry=now,
        by=by,
        verdict=verdict,
        signed_as=profile.signs_as if profile else "",
        variety=profile.variety if profile else None,
        form_variety=form_variety if said["form"] else None,
        text_seen=content["text"],
        glosses_seen=content["glosses"],
        variety_seen=content["variety"],
        reviewed_before=None if is_signed else now.reviewed_on,
        signed_on=timezone.localdate(),
        **said,
    )
    if verdict == SignOff.WRONG:
        made.comment = comment_on(thing=now, field=said["field"], text=said["note"], by=by)
    made.save()
    PassedOver.objects.filter(user=by, entry=now).delete()
    _write(now, by)
    return made


def _checked(entry: Entry, verdict: str, form: str, field: str, note: str) -> dict[str, str]:
    """Return what belongs to the verdict, clean."""
    form, note = " ".join(form.replace("\x00", "").split()), note.replace("\x00", "").strip()
    if verdict not in dict(SignOff.VERDICTS):
        raise ValidationError({"verdict": _("Choose what you say about the word.")})
    if verdict == SignOff.DIFFERENTLY:
        check_told_form(entry, form)
        if len(note) > LONGEST_NOTE:
            raise ValidationError({"note": _("At most %(most)d characters.") % {"most": LONGEST_NOTE}})
        return {"form": form, "field": "", "note": note}
    if verdict == SignOff.WRONG:
        if field not in dict(WRONG_FIELDS):
            raise ValidationError({"field": _("Choose what is wrong.")})
        if not note:
            raise ValidationError({"note": _("Write what is wrong, or how it should be.")})
        if len(note) > LONGEST_NOTE:
            raise ValidationError({"note": _("At most %(most)d characters.") % {"most": LONGEST_NOTE}})
        return {"form": "", "field": field, "note": note}
    return {"form": "", "field": "", "note": ""}


def check_told_form(entry: Entry, form: str) -> None:
    """Refuse, naming `form`, what cannot be another form of the entry's word."""
    if not plain(form):
        raise ValidationError({"form": _("Write how you say it.")})
    if len(form) > LONGEST_FORM:
        raise ValidationError({"form": _("At most %(most)d characters.") % {"most": LONGEST_FORM}})
    if form == entry.text:
        raise ValidationError({"form": _("That is what the course says already. Write how you say it.")})


@transaction.atomic
def take_back(*, sign_off: SignOff, by: Any) -> SignOff:
    """Let a reviewer take back what they said; the entry is reviewed only as long as another signature stands.

    Repeating it changes nothing. Raises `Http404` for another's, `ValidationError` once an editor has answered.
    """
    entry = _locked(sign_off.entry)
    current = SignOff.objects.select_related("comment").filter(pk=sign_off.pk, by=by).first()
    if current is None:
        raise Http404
    if current.taken_back_at is not None:
        return current
    if current.outcome:
        told = _("An editor has decided about it already: %(outcome)s.") % {"outcome": current.get_outcome_display()}
        raise ValidationError(told)
    _withdraw(entry, current, by)
    _write(entry, by)
    return current


def _withdraw(entry: Entry, sign_off: SignOff, by: Any) -> None:
    """Take a statement back; the entry is in memory what it was before, unless another signature stands."""
    held = sign_off.is_valid and sign_off.verdict == SignOff.RIGHT
    sign_off.taken_back_at = timezone.now()
    sign_off.save(update_fields=["taken_back_at"])
    if sign_off.comment is not None:
        resolve_comment(comment=sign_off.comment, by=by)
    if held and not SignOff.objects.standing().filter(entry=entry).exists():
        set_review(entry, sign_off.reviewed_before, None)


def pass_over(*, entry: Entry, by: Any) -> None:
    """Ask somebody no more about an entry today."""
    PassedOver.objects.update_or_create(user=by, entry=entry, defaults={"day": timezone.localdate()})


@transaction.atomic
def leave_as_it_is(*, sign_off: SignOff, by: Any, reason: str) -> SignOff:
    """Answer a reviewer that the entry stays as it is. Raises `ValidationError` that names `reason`."""
    reason = reason.replace("\x00", "").strip()
    if not reason:
        raise ValidationError({"reason": _("Write why it stays as it is: the reviewer will read this.")})
    if len(reason) > LONGEST_REASON:
        raise ValidationError({"reason": _("At most %(most)d characters.") % {"most": LONGEST_REASON}})
    current = waiting_one(sign_off)
    if current.comment is not None:
        resolve_comment(comment=current.comment, by=by)
    return decide(current, SignOff.KEPT, by, reason)


@transaction.atomic
def make_main_form(*, sign_off: SignOff, by: Any) -> SignOff:
    """Write the entry as the reviewer says it; the form it had becomes a variant, and its source stays.

    What was signed of the old form ends, so the entry comes back to the queue: nobody has yet signed it as it is now,
    with its meanings, not even the reviewer who told the form.

    Raises `ValidationError` that names `form`.
    """
    entry = _locked(sign_off.entry)
    current = waiting_one(sign_off, SignOff.DIFFERENTLY)
    if current.form_variety_id not in (None, entry.variety_id):
        raise ValidationError({"form": _("The form is of another variety than the word. Take it as a variant.")})
    if current.form == entry.text:
        return decide(current, SignOff.MAIN, by)
    refuse_protected(entry.text, current.form)
    old = entry.text
    rest = [one for one in entry.variants.all() if one.form != current.form]
    if all(one.form != old for one in rest):
        rest.append(Variant(form=old))
    entry.variants = rest
    entry.source_form = entry.source_form or old
    entry.text = current.form
    _write(entry, by)
    return decide(current, SignOff.MAIN, by)


def waiting_one(sign_off: SignOff, verdict: str = "") -> SignOff:
    """Return a statement that still waits for an editor, locked; raises `ValidationError` for one that does not."""
    current = SignOff.objects.select_for_update().get(pk=sign_off.pk)
    if not current.is_waiting or verdict not in ("", current.verdict):
        raise ValidationError(_("Nothing waits here any more: somebody has decided, or the reviewer took it back."))
    return current


def decide(sign_off: SignOff, outcome: str, by: Any, note: str = "") -> SignOff:
    """Keep what became of a statement."""
    sign_off.outcome, sign_off.outcome_note = outcome, note
    sign_off.decided_at, sign_off.decided_by = timezone.now(), by
    sign_off.save(update_fields=["outcome", "outcome_note", "decided_at", "decided_by"])
    return sign_off


def add_told_form(entry: Entry, form: str, variety: Any, by: Any, day: Any = None) -> None:
    """Add a form that a native reviewer told to an entry's variants, unless it has it already.

    Raises `ValidationError` that names `form` for the other half of a protected pair.
    """
    refuse_protected(entry.text, form)
    if plain(form) in {plain(entry.text), *(plain(one.form) for one in entry.variants.all())}:
        return
    told_on = day or timezone.localdate()
    entry.variants.add(Variant(form=form, variety=variety, origin=Variant.NATIVE_REVIEWER, told_on=told_on))
    _write(entry, by)


def refuse_protected(text: str, form: str) -> None:
    """Refuse, naming `form`, one that must never be taken for `text`."""
    for pair in ProtectedPair.objects.all():
        sides = {plain(pair.form_a), plain(pair.form_b)}
        if len(sides) == 2 and {plain(form), plain(text)} == sides:
            raise ValidationError({"form": _("These two are a protected pair: %(pair)s.") % {"pair": pair}})


def _write(entry: Entry, by: Any) -> None:
    """Save the entry, its review settled by its sign-offs, with a revision that says who did it."""
    entry.save()
    entry.save_revision(user=by, clean=False)


def _locked(entry: Entry) -> Entry:
    """Return the entry as it is now. Raises `Http404` if it was deleted this very moment."""
    now = Entry.objects.select_for_update(of=("self",)).select_related("variety").filter(pk=entry.pk).first()
    if now is None:
        raise Http404
    return now
