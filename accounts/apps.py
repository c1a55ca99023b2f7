"""The accounts as a Django app, and the user pages of the CMS with our fields."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _
from wagtail.users.apps import WagtailUsersAppConfig


class AccountsConfig(AppConfig):
    name = "accounts"
    verbose_name = _("Accounts")
    default = True

    def ready(self) -> None:
        from accounts import own_data, personal_data, signal_handlers  # noqa: F401  the handlers register themselves

        personal_data.register("account", export=own_data.export, erase=own_data.erase)


class AdminUsersConfig(WagtailUsersAppConfig):
    """Wagtail's own app; only the pages about users are ours."""

    user_viewset = "accounts.viewsets.UserViewSet"
