"""The studio's menu in the admin. Each part of the studio adds its item by the hook `register_studio_menu_item`."""

from typing import Any

from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.menu import Menu, MenuItem, SubmenuMenuItem

ITEMS = "register_studio_menu_item"


class PermittedItem(MenuItem):
    """A menu item for those who have at least one of the permissions."""

    def __init__(self, *args: Any, permissions: list[str], **kwargs: Any) -> None:
        self.permissions = permissions
        super().__init__(*args, **kwargs)

    def is_shown(self, request: HttpRequest) -> bool:
        return any(request.user.has_perm(one) for one in self.permissions)


studio_menu = Menu(register_hook_name=ITEMS)


@hooks.register("register_admin_menu_item")
def offer_studio() -> MenuItem:
    return SubmenuMenuItem(_("Recording studio"), studio_menu, name="studio", icon_name="media", order=305)
