"""Forms of this room in the CMS."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from media.models import Variety

from .models import AppealedForm


class DecisionForm(forms.Form):
    """A native reviewer's decision about one form that learners wrote."""

    form = forms.CharField(
        label=_("How the dictionary shall write it"),
        max_length=120,
        required=False,
        widget=forms.TextInput(attrs={"lang": "rml"}),
        help_text=_("As it was written, or in the spelling of the course."),
    )
    variety = forms.ModelChoiceField(
        label=_("Where it is said so"), queryset=Variety.objects.all(), required=False, empty_label=None
    )
    note = forms.CharField(
        label=_("A few words to the learners"),
        max_length=300,
        required=False,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text=_("Needed if the form does not count. All who sent it will read this; your name is not shown."),
    )

    def __init__(self, *args: Any, appealed: AppealedForm, **kwargs: Any) -> None:
        taught = Variety.objects.filter(is_taught=True).first()
        entry = appealed.entry
        kwargs["initial"] = {
            "form": appealed.form or appealed.written,
            "variety": appealed.variety or (entry.variety if entry else taught),
            "note": appealed.note,
        }
        super().__init__(*args, **kwargs)
