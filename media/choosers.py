"""Choosing a recording: in page blocks, and wherever a model points at one."""

from typing import Any

from django.utils.translation import gettext_lazy as _
from wagtail.admin.ui.tables import Column
from wagtail.admin.views.generic import chooser as views
from wagtail.admin.viewsets.chooser import ChooserViewSet

from media.forms import RecordingForm
from media.models import Recording
from media.permissions import recording_policy
from media.querysets import RecordingQuerySet


class _OfOurCollections:
    """Lists the recordings that the person may use, with what is shown of them."""

    request: Any

    def get_object_list(self) -> RecordingQuerySet:
        allowed = recording_policy.instances_user_has_any_permission_for(
            self.request.user, ["choose", "add", "change", "delete", "view"]
        )
        return allowed.select_related("variety", "speaker")

    @property
    def columns(self) -> list[Column]:
        return [
            *super().columns,  # type: ignore[misc]
            Column("kind", label=_("Kind"), accessor="get_kind_display"),
            Column("variety", label=_("Variety"), accessor="variety"),
            Column("status", label=_("Status"), accessor="get_status_display"),
        ]

    def get_filter_form(self) -> Any:
        collections = recording_policy.collections_user_has_any_permission_for(
            self.request.user, ["choose", "add", "change", "view"]
        )
        form_class = self.get_filter_form_class()  # type: ignore[attr-defined]
        return form_class(self.request.GET, collections=collections if len(collections) > 1 else None)


class _Uploading:
    """Offers the upload form to those who may add recordings."""

    request: Any

    def get_creation_form_kwargs(self) -> dict[str, Any]:
        kwargs = super().get_creation_form_kwargs()  # type: ignore[misc]
        return {**kwargs, "for_user": self.request.user, "prefix": "recording-upload"}


class RecordingChooseView(_OfOurCollections, _Uploading, views.ChooseView):
    pass


class RecordingChooseResultsView(_OfOurCollections, _Uploading, views.ChooseResultsView):
    pass


class RecordingChooserCreateView(_Uploading, views.CreateView):
    pass


class RecordingChooserViewSet(ChooserViewSet):
    model = Recording
    icon = "media"
    choose_one_text = _("Choose a recording")
    choose_another_text = _("Choose another recording")
    edit_item_text = _("Edit this recording")
    creation_tab_label = _("Upload")
    create_action_label = _("Upload")
    create_action_clicked_label = _("Uploading…")
    choose_view_class = RecordingChooseView
    choose_results_view_class = RecordingChooseResultsView
    create_view_class = RecordingChooserCreateView
    creation_form_class = RecordingForm
    permission_policy = recording_policy
    per_page = 10


recording_chooser = RecordingChooserViewSet("recording_chooser", url_prefix="recordings/chooser")
