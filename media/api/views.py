"""Recordings over HTTP: public, the same for everyone."""

from typing import Any

from django.utils.cache import patch_cache_control
from rest_framework.generics import RetrieveAPIView
from rest_framework.permissions import AllowAny
from rest_framework.request import Request
from rest_framework.response import Response

from media.api.serializers import RecordingSerializer
from media.models import Recording


class RecordingView(RetrieveAPIView[Recording]):
    """Return one recording: what is said, by what kind of voice, under which licence, and where to hear it.

    404 for one that is unknown or cannot be heard yet.
    """

    queryset = Recording.objects.heard().with_audio()
    serializer_class = RecordingSerializer
    authentication_classes = ()
    permission_classes = (AllowAny,)
    lookup_field = "uuid"

    def retrieve(self, request: Request, *args: Any, **kwargs: Any) -> Response:
        response = super().retrieve(request, *args, **kwargs)
        patch_cache_control(response, public=True, max_age=300)
        return response
