"""Letters to learners: what native reviewers decided about their answers. Each decision is written of once."""

import logging
from smtplib import SMTPRecipientsRefused
from typing import Any

from django.conf import settings
from django.core.mail import send_mail
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import override

from accounts.models import User
from accounts.services import letter_address

from .models import Appeal, AppealedForm

logger = logging.getLogger(__name__)


def write_to_learners_of(form: AppealedForm) -> tuple[int, bool]:
    """Write to all who appealed the form; return how many letters went out, and whether nobody still waits for one."""
    waiting = Appeal.objects.filter(appealed_form=form, told_at=None)
    sent, is_whole = 0, True
    for pk in list(waiting.values_list("answer__attempt__user", flat=True).distinct().order_by()):
        try:
            sent += write_to(pk)
        except SMTPRecipientsRefused as error:
            logger.warning("A letter about form %s waits: %s", form.pk, error)
            is_whole = False
        except OSError as error:
            # The server is away, also for the others: they wait with this one.
            logger.warning("Letters about form %s wait: %s", form.pk, error)
            return sent, False
    return sent, is_whole


def write_to(user_pk: int) -> bool:
    """Write one learner a letter about all decisions they have not read of; say whether one went out.

    Raises OSError if the mail server is away, or would rather have it later; then nothing counts as told.
    """
    user = User.objects.filter(pk=user_pk).first()
    undecided = AppealedForm.OPEN
    untold = Appeal.objects.filter(answer__attempt__user=user_pk, told_at=None).exclude(appealed_form__status=undecided)
    appeals = list(untold.select_related("appealed_form", "answer__attempt").order_by("id"))
    # Claimed first, each by one worker alone: a letter that comes twice is worse than a page that tells it.
    now = timezone.now()
    mine = [one for one in appeals if Appeal.objects.filter(pk=one.pk, told_at=None).update(told_at=now)]
    address = letter_address(user) if user and user.wants_answer_mail else ""
    if user is None or not mine or not address:
        return False
    try:
        _send(user, address, mine)
    except OSError as error:
        if is_final(error):
            logger.warning("A letter was refused: %s", error)
            return False
        Appeal.objects.filter(pk__in=[one.pk for one in mine]).update(told_at=None)
        raise
    return True


def is_final(error: OSError) -> bool:
    """Say whether the server refused the address for good: asking again would not change it."""
    return isinstance(error, SMTPRecipientsRefused) and all(code >= 500 for code, _said in error.recipients.values())


def _send(user: User, address: str, appeals: list[Appeal]) -> None:
    with override(user.language):
        base = settings.BASE_URL.rstrip("/")
        context: dict[str, Any] = {
            "user": user,
            "decisions": [
                {"form": one.appealed_form, "url": base + reverse("attempt", args=[one.answer.attempt.uuid])}
                for one in appeals
            ],
            "account_url": base + reverse("account_profile"),
            "site_url": f"{base}/",
        }
        text = render_to_string("progress/letters/decided.txt", context)
        send_mail(_("Your answer has been looked at"), text, None, [address])
