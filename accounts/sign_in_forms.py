"""allauth's forms in our words: one label per field, no placeholder, errors that say what to do."""

from typing import Any

from allauth.account import forms as allauth_forms
from allauth.socialaccount import forms as social_forms
from django import forms
from django.core.exceptions import NON_FIELD_ERRORS
from django.core.validators import EmailValidator
from django.utils.translation import gettext_lazy as _

from accounts.validators import validate_address

LABELS = {
    "login": _("E-mail"),
    "email": _("E-mail"),
    "password": _("Password"),
    "oldpassword": _("Present password"),
    "password1": _("New password"),
    "password2": _("New password once more"),
}
REQUIRED = {
    "login": _("Please write your e-mail address."),
    "email": _("Please write your e-mail address."),
    "password": _("Please write your password."),
    "oldpassword": _("Please write your present password."),
    "password1": _("Please choose a password."),
    "password2": _("Please write the new password once more."),
}
CHOOSE_PASSWORD = _("At least 10 characters. Three or four words that only you put together are easy to remember.")


class PlainWords(forms.Form):
    """Comes before a form of allauth's: labels, help and errors of allauth's fields as this site says them."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name, field in self.fields.items():
            if name not in LABELS:
                continue
            field.label, field.help_text = LABELS[name], ""
            field.error_messages["required"] = REQUIRED[name]
            field.widget.attrs.pop("placeholder", None)
            if isinstance(field, forms.EmailField):
                checks = [check for check in field.validators if not isinstance(check, EmailValidator)]
                field.validators = [validate_address, *checks]
        if "password1" in self.fields:
            self.fields["password1"].help_text = CHOOSE_PASSWORD


class LoginForm(PlainWords, allauth_forms.LoginForm):
    """Sign-in with e-mail and password."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["login"].widget.attrs["autocomplete"] = "username"

    @property
    def is_mismatch(self) -> bool:
        """Whether e-mail and password do not belong together; the page then offers ways on."""
        return self.has_error(NON_FIELD_ERRORS, "email_password_mismatch")


class SignupForm(PlainWords, allauth_forms.SignupForm):
    """Sign-up with e-mail and password."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["password1"].label = _("Password")


class WorkAccountSignupForm(PlainWords, social_forms.SignupForm):
    """Sign-up with an account at work: what that account did not tell."""


class AddEmailForm(PlainWords, allauth_forms.AddEmailForm):
    """A new address for the account."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["email"].label = _("New e-mail")


class ChangePasswordForm(PlainWords, allauth_forms.ChangePasswordForm):
    """A new password for who knows the present one."""


class SetPasswordForm(PlainWords, allauth_forms.SetPasswordForm):
    """A first password for who signs in with an account at work."""


class ResetPasswordForm(PlainWords, allauth_forms.ResetPasswordForm):
    """To which address the letter goes."""


class ResetPasswordKeyForm(PlainWords, allauth_forms.ResetPasswordKeyForm):
    """A new password for who came with the letter."""


class ReauthenticateForm(PlainWords, allauth_forms.ReauthenticateForm):
    """The password once more, before something that matters."""
