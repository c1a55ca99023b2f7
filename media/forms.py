"""The forms in which authors bring recordings in and describe them."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _
from wagtail.admin.forms import WagtailAdminModelForm
from wagtail.admin.forms.collections import CollectionChoiceField
from wagtail.admin.forms.models import formfield_for_dbfield
from wagtail.models import Collection

from media import services
from media.faults import FAULTS
from media.models import ConsentText, Recording, Speaker, Variety
from media.permissions import recording_policy
from media.widgets import AudioFileInput


class RecordingForm(WagtailAdminModelForm):
    """A recording: the file, what is said in it, and by whom. What is wrong with a file stands at the file."""

    collection = CollectionChoiceField(label=_("Collection"), queryset=Collection.objects.all(), empty_label=None)

    class Meta:
        model = Recording
        formfield_callback = formfield_for_dbfield
        fields = (
            "title",
            "file",
            "transcript",
            "kind",
            "speaker",
            "pace",
            "language",
            "variety",
            "licence",
            "collection",
        )
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
        self.fields["file"].widget.may_fetch = self.for_user is not None and self.for_user.has_perm(
            "media.fetch_original"
        )
        self.fields["pace"].required = False  # it has a default
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
        if has_new_file:
            # Also in the place of another's file: nobody checks what they brought in themselves.
            self.instance.uploaded_by = self.for_user
        fields = None if has_new_file else [name for name in self._meta.fields if name != "file"]
        return services.save_recording(
            self.instance,
            has_new_file=has_new_file,
            update_fields=fields,
            is_other_voice=bool({"kind", "speaker"} & set(self.changed_data)),
        )


class SpeakerForm(WagtailAdminModelForm):
    """A speaker. What the speaker agreed to, the licence too, is taken on a page of its own."""

    class Meta:
        model = Speaker
        formfield_callback = formfield_for_dbfield
        fields = ("label", "public_name", "variety", "notes")


class VarietyForm(WagtailAdminModelForm):
    """A variety. Its code is in files and addresses, so it is written once."""

    class Meta:
        model = Variety
        formfield_callback = formfield_for_dbfield
        fields = ("code", "bcp47", "name_lv", "name_en", "is_taught")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["code"].disabled = self.instance.pk is not None


class ConsentTextForm(WagtailAdminModelForm):
    """A wording. What somebody has agreed to can be read but not changed."""

    class Meta:
        model = ConsentText
        formfield_callback = formfield_for_dbfield
        fields = ("purpose", "language", "version", "effective_on", "text")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if self.instance.is_agreed_to:
            for field in self.fields.values():
                field.disabled = True
                field.help_text = _("Somebody has agreed to this text, so it stays as it is. Add a new version.")
