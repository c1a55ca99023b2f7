"""Wiring of uploads into Wagtail: addresses and the menu item."""

from typing import Any

from django.urls import reverse_lazy
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.menu import MenuItem

from studio import upload_urls
from studio.menu import ITEMS, PermittedItem


@hooks.register("register_admin_urls")
def upload_addresses() -> list[Any]:
    return upload_urls.urlpatterns


@hooks.register(ITEMS)
def offer_uploads() -> MenuItem:
    return PermittedItem(
        _("Upload recordings"),
        reverse_lazy("studio_upload"),
        name="studio-uploads",
        icon_name="upload",
        order=300,
        permissions=["studio.add_recordingsession"],
    )
