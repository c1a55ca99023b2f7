"""What the form of a recording shows besides its fields."""

from typing import Any

from wagtail.admin.panels import Panel


class RecordingStatusPanel(Panel):
    """The sound as learners hear it; while it is being made, that; if it failed, why and what to do."""

    class BoundPanel(Panel.BoundPanel):
        template_name = "media/admin/recording_status_panel.html"

        def is_shown(self) -> bool:
            return self.instance.pk is not None

        def get_context_data(self, parent_context: dict[str, Any] | None = None) -> dict[str, Any]:
            return {**super().get_context_data(parent_context), "recording": self.instance}
