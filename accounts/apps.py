"""The accounts as a Django app, and the user pages of the CMS with our fields."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _
from wagtail.users.apps import WagtailUsersAppConfig


class AccountsConfig(AppConfig):
    name = "accounts"
    verbose_name = _("Accounts")
    default = True

    def ready(self) -> None:
        from wagtail.admin.views.account import NameEmailSettingsPanel

        from accounts import own_data, personal_data, signal_handlers  # noqa: F401  the handlers register themselves
        from accounts.admin_forms import NameForm

        personal_data.register("account", export=own_data.export, erase=own_data.erase)
        # Wagtail's panel asks for first and last name, which do not exist here; there is no setting for its form.
        NameEmailSettingsPanel.form_class = NameForm


class AdminUsersConfig(WagtailUsersAppConfig):
    """Wagtail's own app; only the pages about users are ours."""

    user_viewset = "accounts.viewsets.UserViewSet"
