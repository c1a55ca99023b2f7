"""Forms of the CMS about accounts."""

from typing import Any

from allauth.account.models import EmailAddress
from django import forms
from django.db import transaction
from django.utils.translation import gettext_lazy as _
from wagtail.admin.forms.auth import LoginForm
from wagtail.users.forms import UserCreationForm as WagtailCreationForm
from wagtail.users.forms import UserEditForm as WagtailEditForm

from accounts.models import User

OURS = {"email", "name", "role", "municipality", "language"}


class SaveAddress(forms.ModelForm):
    """Comes before a form of Wagtail's: an address that an administrator gives is the only one, and confirmed."""

    def save(self, commit: bool = True) -> User:
        with transaction.atomic():
            user = super().save(commit)
            if commit and "email" in self.changed_data:
                EmailAddress.objects.filter(user=user).delete()
                EmailAddress.objects.create(user=user, email=user.email, primary=True, verified=True)
        return user


class UserCreationForm(SaveAddress, WagtailCreationForm):
    """Makes an account in the CMS."""

    first_name = last_name = None

    class Meta(WagtailCreationForm.Meta):
        fields = OURS | {"is_superuser", "groups"}


class UserEditForm(SaveAddress, WagtailEditForm):
    """Changes an account in the CMS."""

    first_name = last_name = None

    class Meta(WagtailEditForm.Meta):
        fields = OURS | {"is_active", "is_superuser", "groups"}


class NameForm(forms.ModelForm):
    """One's own name, on the account page of the CMS. The e-mail changes on the site, by a letter."""

    class Meta:
        model = User
        fields = ["name"]


class AdminLoginForm(LoginForm):
    """Lets in only who may enter the CMS: others sign in on the site, where an e-mail must be confirmed first."""

    def __init__(self, *args: Any, **kwargs: Any):
        super().__init__(*args, **kwargs)
        self.fields["password"].label = _("Password")  # Wagtail makes one of the field's name, in English

    def confirm_login_allowed(self, user: Any) -> None:
        super().confirm_login_allowed(user)
        if not user.has_perm("wagtailadmin.access_admin"):
            raise forms.ValidationError(
                _("This account is not for the editors' desk. Sign in on the site itself."), code="not_for_desk"
            )
