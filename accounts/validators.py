"""Checks shared by forms and API, with words that say what to do."""

from typing import Any

from django.core.exceptions import ValidationError
from django.core.validators import EmailValidator
from django.utils.translation import gettext_lazy as _

_well_formed = EmailValidator(message=_("This is not an e-mail address. One looks like ilze@skola.lv."))


def validate_address(value: Any) -> None:
    """Raise ValidationError unless `value` looks like an e-mail address; a missing @ is named."""
    if "@" not in str(value):
        raise ValidationError(_("The @ sign is missing, for example ilze@skola.lv."), code="invalid")
    _well_formed(value)
