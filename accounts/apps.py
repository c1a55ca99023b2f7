"""The accounts as a Django app, and the user pages of the CMS with our fields."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _
from wagtail.users.apps import WagtailUsersAppConfig


class AccountsConfig(AppConfig):
    name = "accounts"
    verbose_name = _("Accounts")
    default = True


class AdminUsersConfig(WagtailUsersAppConfig):
    """Wagtail's own app; only the pages about users are ours."""

    user_viewset = "accounts.viewsets.UserViewSet"
