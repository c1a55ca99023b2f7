"""The form on which a speaker answers, one purpose after another."""

from collections.abc import Iterator
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _

from media.consents import take_consent
from media.models import Consent, ConsentText, Licence, Purpose, Speaker
from media.models.consent import SCANS, SOUNDS

YES, NO = "yes", "no"


class ConsentForm(forms.Form):
    """A yes or a no for each purpose, the licence for open download, and one file that shows the yes.

    No answer is chosen beforehand but what is in force. `save` is False when something is wrong; nothing typed is lost.
    """

    licence = forms.ChoiceField(
        label=_("Under which licence"),
        required=False,
        choices=[(value, label) for value, label in Licence.choices if value != Licence.COURSE_ONLY],
        initial=Licence.CC_BY_NC,
    )
    given_on = forms.DateField(
        label=_("Day of the consent"),
        initial=timezone.localdate,
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
    )
    evidence = forms.FileField(
        label=_("Spoken yes, or scan of the signed form"),
        required=False,
        widget=forms.FileInput(attrs={"accept": ",".join(f".{suffix}" for suffix in (*SOUNDS, *SCANS))}),
        help_text=_("PDF, JPEG, PNG, MP3, M4A, WAV or Ogg; at most 20 MB. It is never public."),
    )

    def __init__(self, *args: Any, speaker: Speaker, language: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.speaker, self.language = speaker, language
        self.texts: dict[str, ConsentText] = ConsentText.objects.in_force(language)
        for purpose in Purpose:
            self.fields[purpose.value] = forms.ChoiceField(
                label=purpose.label,
                choices=[(YES, _("Yes")), (NO, _("No"))],
                widget=forms.RadioSelect,
                initial=YES if purpose in self.in_force else None,
                error_messages={"required": _("Choose yes or no.")},
            )

    @cached_property
    def in_force(self) -> dict[str, Consent]:
        return {one.purpose: one for one in self.speaker.consents.all() if one.is_in_force}

    @property
    def texts_in(self) -> list[tuple[str, str]]:
        """Return the languages in which there are texts, with their names."""
        there = set(ConsentText.objects.values_list("language", flat=True))
        return [(value, str(label)) for value, label in ConsentText.Language.choices if value in there]

    def steps(self) -> Iterator[dict[str, Any]]:
        """Yield for each purpose its text, its question and what was said before."""
        for purpose in Purpose:
            yield {
                "purpose": purpose,
                "text": self.texts.get(purpose),
                "field": self[purpose.value],
                "given": self.in_force.get(purpose),
                "needs_licence": purpose == Purpose.DOWNLOAD,
            }

    def save(self, *, by: Any) -> bool:
        """Keep the answers; say whether that went well. Faults stand at their fields."""
        data = self.cleaned_data
        try:
            take_consent(
                speaker=self.speaker,
                answers={purpose.value: data[purpose.value] == YES for purpose in Purpose},
                texts=self.texts,
                by=by,
                evidence=data["evidence"],
                given_on=data["given_on"],
                licence=data["licence"],
            )
        except ValidationError as error:
            self.add_error(None, error)
            return False
        return True
