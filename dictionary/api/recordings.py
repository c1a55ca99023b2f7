"""The list of recordings over HTTP. It stands here, above `media`, because it may be asked by word and by lesson."""

from typing import Any

from django.db.models import Exists, OuterRef, Prefetch
from django.utils.decorators import method_decorator
from django.utils.translation import gettext_lazy as _
from django_filters import rest_framework as filters
from rest_framework import serializers
from rest_framework.generics import ListAPIView
from rest_framework.permissions import AllowAny

from cms.caching import cacheable
from media.api.serializers import RecordingSerializer
from media.models import Recording, Speaker, Variety
from media.querysets import RecordingQuerySet

from ..models import Entry, Take

REVIEWS = [(value, label) for value, label in Recording.Review.choices if value != Recording.Review.REJECTED]


class RecordingFilter(filters.FilterSet):
    """Filters of the list of recordings; what does not exist is refused, and named."""

    word = filters.ModelChoiceFilter(
        method="by_word", queryset=Entry.objects.all(), to_field_name="code", label=_("Says this word or phrase")
    )
    lesson = filters.UUIDFilter(method="by_lesson", label=_("Says what this lesson teaches"))
    speaker = filters.ModelChoiceFilter(
        queryset=Speaker.objects.filter(Exists(Recording.objects.heard().filter(speaker=OuterRef("pk")))),
        to_field_name="uuid",
        label=_("Speaker, by speaker_id"),
    )
    variety = filters.ModelChoiceFilter(queryset=Variety.objects.all(), to_field_name="code", label=_("Variety"))
    kind = filters.ChoiceFilter(choices=Recording.Kind.choices, label=_("Kind of voice"))
    pace = filters.ChoiceFilter(choices=Recording.Pace.choices, label=_("Pace"))
    review = filters.ChoiceFilter(choices=REVIEWS, label=_("Whether a second listener has accepted it"))

    class Meta:
        model = Recording
        fields: list[str] = []

    def by_word(self, queryset: RecordingQuerySet, name: str, value: Entry) -> RecordingQuerySet:
        return queryset.filter(Exists(Take.objects.filter(recording=OuterRef("pk"), entry=value)))

    def by_lesson(self, queryset: RecordingQuerySet, name: str, value: Any) -> RecordingQuerySet:
        taught = Take.objects.filter(recording=OuterRef("pk"), entry__taught_in__page_key=value)
        return queryset.filter(Exists(taught))


class HeardRecordingSerializer(RecordingSerializer):
    """A recording that can be heard, with the words and phrases that it says."""

    words = serializers.SerializerMethodField(help_text="Their ids, as under words/ and phrases/.")

    class Meta(RecordingSerializer.Meta):
        fields = [*RecordingSerializer.Meta.fields, "words"]
        read_only_fields = fields

    def get_words(self, recording: Recording) -> list[str]:
        return [take.entry.code for take in recording.takes.all()]


@method_decorator(cacheable, name="dispatch")
class RecordingListView(ListAPIView):
    """The recordings that learners hear, the newest first."""

    permission_classes = [AllowAny]
    authentication_classes: list[Any] = []
    serializer_class = HeardRecordingSerializer
    filterset_class = RecordingFilter
    queryset = (
        Recording.objects.heard()
        .with_audio()
        .prefetch_related(Prefetch("takes", Take.objects.select_related("entry")))
        .order_by("-created_at", "-pk")
    )
