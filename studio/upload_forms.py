"""The form with which an upload begins."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _
from wagtail.admin.widgets import AdminDateInput

from media.models import Recording, Speaker, Variety
from studio import upload_scope
from studio.models import RecordingSession, UploadBatch


class StartForm(forms.Form):
    """Whose voice, which words, and what is uploaded. What is wrong with the choice of words stands there."""

    kind = forms.ChoiceField(
        label=_("What do you have?"),
        choices=[
            (UploadBatch.Kind.FILES, _("Many files, one for each word")),
            (UploadBatch.Kind.LONG, _("One long recording with all the words")),
        ],
        initial=UploadBatch.Kind.FILES,
        widget=forms.RadioSelect,
    )
    speaker = forms.ModelChoiceField(
        label=_("Speaker"),
        queryset=Speaker.objects.order_by("label"),
        help_text=_("The speaker's consent must be on record."),
    )
    variety = forms.ModelChoiceField(
        label=_("Variety"),
        queryset=Variety.objects.all(),
        required=False,
        empty_label=_("The speaker's own"),
    )
    scope = forms.ChoiceField(
        label=_("Which words?"),
        help_text=_("The words that the recordings may be for. In a long recording they are said in this order."),
    )
    pasted = forms.CharField(
        label=_("Your own list"),
        required=False,
        max_length=100_000,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text=_("Only for “a list of my own”: words or their codes, one in each line."),
    )
    matched_by = forms.ChoiceField(
        label=_("How do files find their words?"),
        choices=[
            (UploadBatch.Order.NAME, _("By their names, such as rl0003.wav, dad.wav or ph0011_slow.mp3")),
            (UploadBatch.Order.ORDER, _("By their order: the first file is the first word of the list")),
        ],
        initial=UploadBatch.Order.NAME,
        widget=forms.RadioSelect,
        help_text=_("Only for many files. You see what goes where before anything is placed, and can change it."),
    )
    pace = forms.ChoiceField(
        label=_("Pace"),
        choices=Recording.Pace.choices,
        help_text=_("A file whose name ends in _slow or _lēni is slow anyway."),
    )
    place = forms.CharField(label=_("Place"), max_length=120, required=False)
    held_on = forms.DateField(label=_("Date of the recording"), required=False, widget=AdminDateInput)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        own = (upload_scope.LIST, _("A list of my own"))
        self.fields["scope"].choices = [  # type: ignore[attr-defined]
            ("", _("Choose…")),
            own,
            *upload_scope.choices(),
        ]

    def clean_speaker(self) -> Speaker:
        speaker: Speaker = self.cleaned_data["speaker"]
        if not speaker.has_consented:
            raise forms.ValidationError(
                _("This speaker's consent is not on record yet. Open the speaker and enter it first.")
            )
        return speaker

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        if data.get("scope"):
            try:
                data["entries"] = upload_scope.entries_of(data["scope"], data.get("pasted", ""))
            except forms.ValidationError as error:
                self.add_error(None, error)
        return data

    @property
    def session(self) -> RecordingSession | None:
        """Return the session whose prompts were chosen, if one was."""
        kind, _colon, pk = self.cleaned_data["scope"].partition(":")
        return RecordingSession.objects.filter(pk=pk).first() if kind == "session" else None
