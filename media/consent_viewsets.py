"""The admin's pages for speakers, and for the texts that they agree to."""

from typing import Any

from django.core.exceptions import PermissionDenied
from django.db.models import ProtectedError
from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import URLPattern, path
from django.utils.translation import gettext_lazy as _
from wagtail.admin import messages
from wagtail.admin.panels import FieldPanel, FieldRowPanel, ObjectList
from wagtail.admin.ui.tables import BooleanColumn, Column
from wagtail.admin.views import generic
from wagtail.admin.viewsets.model import ModelViewSet

from media import consent_views
from media.forms import ConsentTextForm, SpeakerForm
from media.models import ConsentText, Speaker
from media.panels import ConsentPanel


class SpeakerIndexView(generic.IndexView):
    def get_base_queryset(self) -> Any:
        return super().get_base_queryset().select_related("variety").prefetch_related("consents")


class _GuardedDeleteView(generic.DeleteView):
    """Says why something cannot be deleted, where the database would refuse it."""

    refusal: Any = ""

    def form_valid(self, form: Any) -> HttpResponse:
        try:
            return super().form_valid(form)
        except (ProtectedError, PermissionDenied):
            messages.error(self.request, self.refusal)
            return redirect(self.get_success_url())


class SpeakerDeleteView(_GuardedDeleteView):
    refusal = _("There are recordings of this speaker. When the speaker asks for it, delete the whole voice instead.")


class ConsentTextDeleteView(_GuardedDeleteView):
    refusal = _("Somebody has agreed to this text, so it stays as it is. Add a new version.")


class SpeakerViewSet(ModelViewSet):
    model = Speaker
    icon = "user"
    url_prefix = "speakers"
    menu_label = _("Speakers")
    index_view_class = SpeakerIndexView
    delete_view_class = SpeakerDeleteView
    copy_view_enabled = False
    list_display = [
        "label",
        "public_name",
        "variety",
        BooleanColumn("has_consented", label=_("Consent"), accessor="has_consented"),
        "licence",
    ]
    list_filter = ["variety", "licence"]
    search_fields = ["label", "public_name"]
    edit_handler = ObjectList(
        [
            ConsentPanel(heading=_("Consent")),
            FieldRowPanel([FieldPanel("label"), FieldPanel("public_name")]),
            FieldPanel("variety"),
            FieldPanel("notes"),
        ],
        base_form_class=SpeakerForm,
    )

    def get_urlpatterns(self) -> list[URLPattern]:
        return [
            *super().get_urlpatterns(),
            path("consent/<int:pk>/take/", consent_views.take, name="take_consent"),
            path("consent/evidence/<uuid:uuid>/", consent_views.evidence, name="evidence"),
            path("<int:pk>/withdraw/", consent_views.withdraw, name="withdraw"),
        ]


class ConsentTextViewSet(ModelViewSet):
    model = ConsentText
    icon = "doc-full"
    url_prefix = "consent-texts"
    menu_label = _("Consent texts")
    delete_view_class = ConsentTextDeleteView
    list_display = ["purpose", Column("language", accessor="get_language_display"), "version", "effective_on"]
    list_filter = ["purpose", "language"]
    search_fields = ["text", "version"]
    edit_handler = ObjectList(
        [
            FieldRowPanel([FieldPanel("purpose"), FieldPanel("language")]),
            FieldRowPanel([FieldPanel("version"), FieldPanel("effective_on")]),
            FieldPanel("text"),
        ],
        base_form_class=ConsentTextForm,
    )
