"""What native reviewers said about an entry, in its editor: first what waits for an answer, and the whole history."""

from typing import Any

from django.urls import reverse
from wagtail.admin.panels import Panel

from .models import SignOff
from .reviewing import RIGHT_TO_SIGN

SHOWN = 30


class _SaidPanel(Panel):
    """Read-only; decided is on a page of its own, so that nothing typed in the editor is lost."""

    class BoundPanel(Panel.BoundPanel):
        def __init__(self, **kwargs: Any) -> None:
            super().__init__(**kwargs)
            self.said: list[SignOff] = []
            if self.instance is not None and self.instance.pk:
                self.said = list(self.of_interest(SignOff.objects.filter(entry=self.instance))[:SHOWN])

        def of_interest(self, said: Any) -> Any:
            return said.select_related("by", "form_variety", "variety", "comment", "decided_by")

        @property
        def decide_url(self) -> str:
            return reverse("review_word_answers", args=[self.instance.code])


class WaitingPanel(_SaidPanel):
    """What an editor has to answer; nothing where nothing waits."""

    class BoundPanel(_SaidPanel.BoundPanel):
        template_name = "dictionary/admin/sign_offs_waiting.html"

        def of_interest(self, said: Any) -> Any:
            return super().of_interest(said).waiting().filter(verdict=SignOff.DIFFERENTLY)

        def is_shown(self) -> bool:
            return super().is_shown() and bool(self.said)


class SignOffsPanel(_SaidPanel):
    """Everything that reviewers said, the newest first."""

    class BoundPanel(_SaidPanel.BoundPanel):
        template_name = "dictionary/admin/sign_offs.html"

        @property
        def queue_url(self) -> str:
            if not self.instance.pk or not self.request.user.has_perm(RIGHT_TO_SIGN):
                return ""
            return f"{reverse('review_words')}?word={self.instance.code}"
