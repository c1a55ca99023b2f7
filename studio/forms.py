"""The form of a new recording session."""

from typing import Any

from django import forms
from django.urls import reverse
from django.utils import timezone
from django.utils.html import format_html
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail.admin.widgets import AdminDateInput

from courses.models import ModulePage
from dictionary.models import Theme
from lessons.models import LessonPage
from media.models import Speaker, Variety

from .gathering import Wanted

MOST_CODES = 300


class _PageField(forms.ModelChoiceField):
    """A lesson or module by its title, with that of the page above it."""

    def to_python(self, value: Any) -> Any:
        # A page's key is a reference to another row: Django does not look whether the number fits the database.
        if value and not (str(value).isdecimal() and len(str(value)) < 10):
            raise forms.ValidationError(self.error_messages["invalid_choice"], code="invalid_choice")
        return super().to_python(value)

    def label_from_instance(self, page: Any) -> str:
        return f"{page.get_admin_display_title()} ({page.locale.language_code})"


class WantedForm(forms.Form):
    """What is to be recorded. Nothing that is wrong here stops anybody: it is left out."""

    lesson = _PageField(
        LessonPage.objects.select_related("locale").order_by("path"), required=False, label=gettext_lazy("Lesson")
    )
    module = _PageField(
        ModulePage.objects.select_related("locale").order_by("path"), required=False, label=gettext_lazy("Module")
    )
    theme = forms.ModelChoiceField(
        Theme.objects.order_by("key"), required=False, to_field_name="key", label=gettext_lazy("Theme")
    )
    q = forms.CharField(
        required=False,
        max_length=100,
        label=gettext_lazy("Search"),
        help_text=gettext_lazy("Romani in any spelling, or a meaning."),
    )
    entries = forms.CharField(required=False, max_length=8000, widget=forms.HiddenInput)
    one_voice = forms.BooleanField(
        required=False,
        label=gettext_lazy("Also what one native speaker has said already"),
        help_text=gettext_lazy("A second voice helps learners. Without it only what no native speaker has said."),
    )

    def clean_entries(self) -> list[str]:
        codes = (code.strip() for code in self.cleaned_data["entries"].split(","))
        return [code for code in codes if code][:MOST_CODES]

    def wanted(self) -> Wanted:
        """Return what the form says, as far as it is right."""
        self.is_valid()
        said = self.cleaned_data
        return Wanted(
            codes=said.get("entries") or [],
            lesson=said.get("lesson"),
            module=said.get("module"),
            theme=said.get("theme"),
            search=said.get("q", "").strip(),
            with_one_voice=said.get("one_voice", False),
        )


class SessionForm(forms.Form):
    """Who speaks, where, when and what for."""

    speaker = forms.ModelChoiceField(Speaker.objects.select_related("variety"), label=gettext_lazy("Speaker"))
    variety = forms.ModelChoiceField(
        Variety.objects.all(),
        required=False,
        label=gettext_lazy("Variety"),
        empty_label=gettext_lazy("the speaker's own"),
    )
    held_on = forms.DateField(label=gettext_lazy("Date"), widget=AdminDateInput, initial=timezone.localdate)
    place = forms.CharField(label=gettext_lazy("Place"), required=False, max_length=120)
    purpose = forms.CharField(
        label=gettext_lazy("Purpose"),
        required=False,
        max_length=200,
        help_text=gettext_lazy("For example: words of the first module."),
    )

    def clean_speaker(self) -> Speaker:
        speaker: Speaker = self.cleaned_data["speaker"]
        if not speaker.has_consented:
            words = _("This speaker's consent is not on record yet. Nothing may be recorded before it is.")
            link = reverse("speaker:edit", args=[speaker.pk])
            raise forms.ValidationError(
                format_html('{} <a href="{}">{}</a>', words, link, _("Open the speaker and enter the consent"))
            )
        return speaker
