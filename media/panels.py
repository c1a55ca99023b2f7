"""What the forms of a recording and of a speaker show besides their fields."""

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


class ConsentPanel(Panel):
    """What the speaker has agreed to, where the next yes is taken, and where the voice is taken back."""

    class BoundPanel(Panel.BoundPanel):
        template_name = "media/admin/consent_panel.html"

        def get_context_data(self, parent_context: dict[str, Any] | None = None) -> dict[str, Any]:
            speaker, user = self.instance, self.request.user
            consents = (
                speaker.consents.select_related("evidence", "taken_by").order_by("-given_on") if speaker.pk else []
            )
            return {
                **super().get_context_data(parent_context),
                "speaker": speaker,
                "consents": consents,
                "may_take": user.has_perm("media.add_consent"),
                "may_fetch": user.has_perm("media.fetch_evidence"),
                "may_withdraw": user.has_perm("media.withdraw_voice"),
            }
