"""The admin's pages for recordings, speakers and varieties."""

from typing import Any

from django.contrib.auth.models import Permission
from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet
from django.urls import URLPattern, path
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, FieldRowPanel, ObjectList
from wagtail.admin.ui.tables import Column
from wagtail.admin.views import generic
from wagtail.admin.views.generic import history, usage
from wagtail.admin.viewsets.model import ModelViewSet, ModelViewSetGroup
from wagtail.permission_policies.base import BasePermissionPolicy

from media import admin_views
from media.consent_viewsets import ConsentTextViewSet, SpeakerViewSet
from media.forms import RecordingForm, VarietyForm
from media.models import Recording, Variety
from media.panels import RecordingStatusPanel
from media.permissions import ANY, recording_policy
from media.querysets import RecordingQuerySet


class PlayerColumn(Column):
    """Plays the recording in the listing, or says why it cannot."""

    cell_template_name = "media/admin/player_cell.html"


class RecordingIndexView(generic.IndexView):
    def get_base_queryset(self) -> RecordingQuerySet:
        allowed = recording_policy.instances_user_has_any_permission_for(self.request.user, [*ANY, "choose"])
        return allowed.with_audio().select_related("collection")

    def get_edit_url(self, instance: Recording) -> str | None:
        allowed = self.user_has_permission_for_instance("change", instance)
        return super().get_edit_url(instance) if allowed else None

    def get_delete_url(self, instance: Recording) -> str | None:
        allowed = self.user_has_permission_for_instance("delete", instance)
        return super().get_delete_url(instance) if allowed else None


class _InItsCollection:
    """Lets in only who may do this with the recording at hand, not with some other."""

    needs: list[str] = ["change"]
    request: Any

    def get_object(self, *args: Any, **kwargs: Any) -> Recording:
        recording = super().get_object(*args, **kwargs)  # type: ignore[misc]
        if not recording_policy.user_has_any_permission_for_instance(self.request.user, self.needs, recording):
            raise PermissionDenied
        return recording


class RecordingEditView(_InItsCollection, generic.EditView):
    pass


class RecordingDeleteView(_InItsCollection, generic.DeleteView):
    needs = ["delete"]


class RecordingInspectView(_InItsCollection, generic.InspectView):
    needs = ANY
    template_name = "media/admin/recording_inspect.html"


class RecordingHistoryView(_InItsCollection, history.HistoryView):
    pass


class RecordingUsageView(_InItsCollection, usage.UsageView):
    pass


class RecordingViewSet(ModelViewSet):
    model = Recording
    icon = "media"
    url_prefix = "recordings"
    menu_label = _("Recordings")
    index_view_class = RecordingIndexView
    edit_view_class = RecordingEditView
    delete_view_class = RecordingDeleteView
    inspect_view_class = RecordingInspectView
    history_view_class = RecordingHistoryView
    usage_view_class = RecordingUsageView
    copy_view_enabled = False
    inspect_view_enabled = True
    inspect_view_fields = [
        "transcript",
        "kind",
        "status",
        "speaker",
        "language",
        "variety",
        "licence",
        "duration_seconds",
        "uploaded_by",
        "created_at",
    ]
    list_display = [
        "title",
        PlayerColumn("player", label=_("Listen"), accessor="pk"),
        "kind",
        "variety",
        "speaker",
        "created_at",
    ]
    list_filter = ["kind", "status", "review", "pace", "variety", "speaker", "language", "collection"]
    list_per_page = 20
    edit_handler = ObjectList(
        [
            FieldPanel("title"),
            RecordingStatusPanel(),
            FieldPanel("file"),
            FieldPanel("transcript"),
            FieldRowPanel([FieldPanel("kind"), FieldPanel("speaker")]),
            FieldPanel("pace"),
            FieldRowPanel([FieldPanel("language"), FieldPanel("variety")]),
            FieldRowPanel([FieldPanel("licence"), FieldPanel("collection")]),
        ],
        base_form_class=RecordingForm,
    )

    @property
    def permission_policy(self) -> BasePermissionPolicy:
        return recording_policy

    def get_permissions_to_register(self) -> QuerySet[Permission]:
        # They are given by collection, in a panel of their own.
        return Permission.objects.none()

    def get_urlpatterns(self) -> list[URLPattern]:
        return [
            *super().get_urlpatterns(),
            path("status/<int:pk>/", admin_views.recording_status, name="status"),
            path("retry/<int:pk>/", admin_views.retry, name="retry"),
            path("sound/<int:pk>/<slug:extension>/", admin_views.sound, name="sound"),
            path("original/<int:pk>/", admin_views.original, name="original"),
        ]


class VarietyViewSet(ModelViewSet):
    model = Variety
    icon = "globe"
    url_prefix = "varieties"
    menu_label = _("Varieties")
    copy_view_enabled = False
    list_display = ["name_lv", "name_en", "bcp47", "is_taught"]
    search_fields = ["name_lv", "name_en", "code"]
    edit_handler = ObjectList(
        [
            FieldRowPanel([FieldPanel("name_lv"), FieldPanel("name_en")]),
            FieldRowPanel([FieldPanel("code"), FieldPanel("bcp47")]),
            FieldPanel("is_taught"),
        ],
        base_form_class=VarietyForm,
    )


class SoundGroup(ModelViewSetGroup):
    items = (RecordingViewSet, SpeakerViewSet, ConsentTextViewSet, VarietyViewSet)
    menu_icon = "media"
    menu_order = 310

    menu_label = _("Recordings")


sound_group = SoundGroup()
