"""The dictionary over HTTP: public, the same for everyone; nobody is asked who they are, so every cache may keep it."""

from dataclasses import asdict
from typing import Any

from django.db.models import Prefetch
from django.http import Http404
from django.utils.decorators import method_decorator
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _
from django_filters import rest_framework as filters
from drf_spectacular.utils import extend_schema
from rest_framework.generics import ListAPIView, RetrieveAPIView
from rest_framework.permissions import AllowAny
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from cms.caching import cacheable

from ..models import Entry, PhrasebookPage, SignOff
from ..querysets import EntryQuerySet
from .serializers import EntryDetailSerializer, EntrySerializer, PhrasebookSerializer, SituationDetailSerializer


class EntryFilter(filters.FilterSet):
    """Filters of the word and phrase lists."""

    search = filters.CharFilter(
        method="by_search", max_length=100, label=_("Romani in any spelling, or a meaning in any language")
    )
    form = filters.CharFilter(method="by_form", max_length=100, label=_("A form exactly as it stands in a text"))
    theme = filters.CharFilter(field_name="theme__key", label=_("Theme"))
    variety = filters.CharFilter(field_name="variety__code", label=_("Variety"))
    review = filters.ChoiceFilter(field_name="review_state", choices=Entry.REVIEW_STATES, label=_("Review"))
    lesson = filters.UUIDFilter(method="by_lesson", label=_("Taught in this lesson"))

    class Meta:
        model = Entry
        fields: list[str] = []

    def by_search(self, queryset: EntryQuerySet, name: str, value: str) -> EntryQuerySet:
        return queryset.matching(value)

    def by_form(self, queryset: EntryQuerySet, name: str, value: str) -> EntryQuerySet:
        return queryset.written(value)

    def by_lesson(self, queryset: EntryQuerySet, name: str, value: Any) -> EntryQuerySet:
        return queryset.filter(taught_in__page_key=value).order_by("taught_in__position", "code").distinct()


class EntryListView(ListAPIView):
    """Base of the two lists."""

    permission_classes = [AllowAny]
    authentication_classes: list[Any] = []
    serializer_class = EntrySerializer
    filterset_class = EntryFilter
    kind = ""
    queryset = Entry.objects.none()

    def get_queryset(self) -> EntryQuerySet:
        return Entry.objects.for_display().filter(kind=self.kind)


class EntryView(RetrieveAPIView):
    """Base of the two single views."""

    permission_classes = [AllowAny]
    authentication_classes: list[Any] = []
    serializer_class = EntryDetailSerializer
    filter_backends: list[Any] = []
    lookup_field = "code"
    kind = ""
    queryset = Entry.objects.none()

    def get_queryset(self) -> EntryQuerySet:
        signatures = Prefetch("sign_offs", SignOff.objects.standing(), to_attr="signatures")
        return Entry.objects.for_display().prefetch_related("forms", signatures).filter(kind=self.kind)


@method_decorator(cacheable, name="dispatch")
class WordListView(EntryListView):
    """The words of the dictionary."""

    kind = Entry.WORD


@method_decorator(cacheable, name="dispatch")
class PhraseListView(EntryListView):
    """The phrases of the dictionary."""

    kind = Entry.PHRASE


@method_decorator(cacheable, name="dispatch")
class WordView(EntryView):
    """One word with its forms."""

    kind = Entry.WORD


@method_decorator(cacheable, name="dispatch")
class PhraseView(EntryView):
    """One phrase."""

    kind = Entry.PHRASE


def phrasebook() -> PhrasebookPage | None:
    """Return the published phrasebook in the language of the request."""
    return PhrasebookPage.objects.live().public().filter(locale__language_code=get_language() or "lv").first()


@method_decorator(cacheable, name="dispatch")
class PhrasebookView(APIView):
    """The situations of the phrasebook."""

    permission_classes = [AllowAny]
    authentication_classes: list[Any] = []

    @extend_schema(operation_id="phrasebook_list", responses=PhrasebookSerializer)
    def get(self, request: Request) -> Response:
        page = phrasebook()
        address = page.get_url(request) if page else ""
        situations = [{**asdict(chip), "url": f"{address}{chip.key}/"} for chip in page.chips] if page else []
        return Response(PhrasebookSerializer({"situations": situations}).data)


@method_decorator(cacheable, name="dispatch")
class SituationView(APIView):
    """One situation of the phrasebook: what to say, what only to understand, what is not known."""

    permission_classes = [AllowAny]
    authentication_classes: list[Any] = []

    @extend_schema(responses=SituationDetailSerializer)
    def get(self, request: Request, key: str) -> Response:
        page = phrasebook()
        situation = page.situation(key) if page else None
        if situation is None:
            raise Http404
        return Response(SituationDetailSerializer(situation).data)
