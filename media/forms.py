"""The forms in which authors bring recordings in and describe them."""

from datetime import date
from functools import partial
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from wagtail.admin.forms import WagtailAdminModelForm
from wagtail.admin.forms.collections import CollectionChoiceField
from wagtail.admin.forms.models import formfield_for_dbfield
from wagtail.models import Collection

from media import services
from media.faults import FAULTS
from media.models import Recording, Speaker, Variety
from media.permissions import recording_policy
from media.widgets import AudioFileInput, ConsentFileInput

MAX_CONSENT_BYTES = 20 * 1024 * 1024


class RecordingForm(WagtailAdminModelForm):
    """A recording: the file, what is said in it, and by whom. What is wrong with a file stands at the file."""

    collection = CollectionChoiceField(label=_("Collection"), queryset=Collection.objects.all(), empty_label=None)

    class Meta:
        model = Recording
        formfield_callback = formfield_for_dbfield
        fields = ("title", "file", "transcript", "kind", "speaker", "language", "variety", "licence", "collection")
        widgets = {
            # The public never sees the original, so the field offers no link to it and no way to empty it.
            "file": AudioFileInput(attrs={"accept": "audio/*"}),
            "speaker": forms.Select(),
        }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        is_new = self.instance._state.adding
        self.fields["file"].required = is_new
        self.fields["file"].error_messages["empty"] = FAULTS["empty"]
        self.fields["file"].widget.recording = self.instance
        self.fields["licence"].required = False
        self.fields["licence"].help_text = _("If left empty: what the speaker allows.")
        if is_new:
            self.initial.setdefault("licence", "")
            self.initial.setdefault("kind", Recording.Kind.NATIVE)
            self.initial["variety"] = self.initial.get("variety") or Variety.objects.filter(is_taught=True).first()
            self.fields["licence"].choices = [("", _("What the speaker allows")), *self.fields["licence"].choices]
        self.fields["speaker"].queryset = Speaker.objects.order_by("label")
        self._offer_collections()

    def _offer_collections(self) -> None:
        """Offer the collections the person may add to, and the one it is in; no choice is shown as none."""
        if self.for_user is None:
            offered = Collection.objects.all()
        else:
            offered = recording_policy.collections_user_has_permission_for(self.for_user, "add")
        if not self.instance._state.adding:
            offered = offered | Collection.objects.filter(pk=self.instance.collection_id)
        self._only_collection = offered[0] if len(offered) == 1 else None
        if self._only_collection is not None:
            del self.fields["collection"]
        else:
            self.fields["collection"].queryset = offered

    def clean_file(self) -> Any:
        file = self.cleaned_data["file"]
        if "file" in self.changed_data:
            services.check_audio(file)
        return file

    def _post_clean(self) -> None:
        super()._post_clean()
        if not self.errors:
            services.fill_in(self.instance)

    def save(self, commit: bool = True) -> Recording:
        if self._only_collection is not None and self.instance._state.adding:
            self.instance.collection = self._only_collection
        if not commit:
            return super().save(commit=False)
        has_new_file = "file" in self.changed_data
        if self.instance._state.adding:
            self.instance.uploaded_by = self.for_user
        fields = None if has_new_file else [name for name in self._meta.fields if name != "file"]
        return services.save_recording(self.instance, has_new_file=has_new_file, update_fields=fields)


class SpeakerForm(WagtailAdminModelForm):
    """A speaker with the consent. The signed form is stored out of reach and shown only by name."""

    class Meta:
        model = Speaker
        formfield_callback = formfield_for_dbfield
        fields = (
            "label",
            "public_name",
            "variety",
            "licence",
            "consent_given_on",
            "consent_text_version",
            "consent_note",
            "consent_file",
            "notes",
        )
        widgets = {"consent_file": ConsentFileInput}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["consent_file"].widget.speaker = self.instance
        self._old_consent = self.instance.consent_file.name if self.instance.pk else ""

    def clean_consent_file(self) -> Any:
        file = self.cleaned_data["consent_file"]
        if "consent_file" in self.changed_data and file and file.size > MAX_CONSENT_BYTES:
            raise ValidationError(_("The file is larger than 20 MB. Scan it with a lower resolution."), code="too_big")
        return file

    def clean_consent_given_on(self) -> date | None:
        day = self.cleaned_data["consent_given_on"]
        if day and day > timezone.localdate():
            raise ValidationError(_("This day is still to come."), code="future")
        return day

    def save(self, commit: bool = True) -> Speaker:
        speaker = super().save(commit)
        if commit and self._old_consent and self._old_consent != speaker.consent_file.name:
            storage = speaker.consent_file.storage
            transaction.on_commit(partial(storage.delete, self._old_consent))
        return speaker


class VarietyForm(WagtailAdminModelForm):
    """A variety. Its code is in files and addresses, so it is written once."""

    class Meta:
        model = Variety
        formfield_callback = formfield_for_dbfield
        fields = ("code", "bcp47", "name_lv", "name_en", "is_taught")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["code"].disabled = self.instance.pk is not None
