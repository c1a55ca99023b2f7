"""The admin's pages for speakers, and for the texts that they agree to."""

from typing import Any

from django.urls import URLPattern, path
from django.utils.translation import gettext_lazy as _
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
        return super().get_base_queryset().prefetch_related("consents")


class SpeakerViewSet(ModelViewSet):
    model = Speaker
    icon = "user"
    url_prefix = "speakers"
    menu_label = _("Speakers")
    index_view_class = SpeakerIndexView
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
