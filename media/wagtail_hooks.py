"""Wiring of recordings into Wagtail's admin."""

from typing import Any

from django.contrib.auth.models import Permission
from django.db.models import QuerySet
from django.http import HttpRequest
from django.templatetags.static import static
from django.urls import path, reverse, reverse_lazy
from django.utils.html import format_html
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext
from wagtail import hooks
from wagtail.admin.forms.collections import collection_member_permission_formset_factory
from wagtail.admin.menu import MenuItem
from wagtail.admin.viewsets.base import ViewSet, ViewSetGroup
from wagtail.models import Collection

from media.choosers import recording_chooser
from media.consent_views import access_report
from media.models import Recording
from media.viewsets import sound_group


@hooks.register("register_admin_viewset")
def offer_recordings() -> list[ViewSet | ViewSetGroup]:
    return [sound_group, recording_chooser]


@hooks.register("register_admin_urls")
def addresses() -> list[Any]:
    return [path("reports/private-recordings/", access_report, name="access_report")]


class AccessReportItem(MenuItem):
    def is_shown(self, request: HttpRequest) -> bool:
        return bool(request.user.has_perm("media.view_accesslog"))


@hooks.register("register_reports_menu_item")
def offer_access_report() -> MenuItem:
    return AccessReportItem(
        _("Who listened to what is private"),
        reverse_lazy("access_report"),
        name="access-report",
        icon_name="view",
        order=850,
    )


@hooks.register("register_permissions")
def offer_permissions() -> QuerySet[Permission]:
    """Let administrators decide who checks takes, takes consents, fetches evidence and reads the log."""
    return Permission.objects.filter(
        content_type__app_label="media",
        codename__in=["add_consent", "check_recording", "fetch_evidence", "view_accesslog"],
    )


@hooks.register("insert_global_admin_css")
def style_players() -> str:
    return format_html('<link rel="stylesheet" href="{}">', static("media/admin/admin.css"))


@hooks.register("register_group_permission_panel")
def offer_permissions_by_collection() -> type:
    return collection_member_permission_formset_factory(
        Recording,
        [
            ("add_recording", _("Add"), _("Add recordings")),
            ("change_recording", _("Change"), _("Change any recording")),
            ("delete_recording", _("Delete"), _("Delete any recording")),
            ("choose_recording", _("Choose"), _("Choose recordings for pages and words")),
            ("view_recording", _("View"), _("Listen to any recording in the admin")),
        ],
        "media/admin/group_permissions.html",
    )


@hooks.register("describe_collection_contents")
def describe_recordings(collection: Collection) -> dict[str, Any] | None:
    """Keep a collection with recordings from being deleted: they would go with it."""
    count = Recording.objects.filter(collection=collection).count()
    if not count:
        return None
    return {
        "count": count,
        "count_text": ngettext("%(count)s recording", "%(count)s recordings", count) % {"count": count},
        "url": reverse("recording:index") + f"?collection={collection.pk}",
    }
