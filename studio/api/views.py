"""What a device in a recording session asks and sends. Who may not is answered as if there were no session."""

from typing import Any
from uuid import UUID

from django.http import Http404
from django.utils.decorators import method_decorator
from django.views.decorators.cache import never_cache
from drf_spectacular.utils import OpenApiResponse, extend_schema
from rest_framework.parsers import MultiPartParser
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from ..models import RecordingSession
from ..services import ask_again, keep_take, skip_prompt, throw_away
from ..shown import shown_session
from . import serializers as shapes

VIEW, CHANGE = "studio.view_recordingsession", "studio.change_recordingsession"


@method_decorator(never_cache, name="dispatch")
class StudioView(APIView):
    """Base of the views below: for staff who hold recording sessions."""

    def session_or_404(self, uuid: UUID, permission: str) -> RecordingSession:
        if not self.request.user.has_perm(permission):
            raise Http404
        found = RecordingSession.objects.select_related("speaker", "variety").filter(uuid=uuid).first()
        if found is None:
            raise Http404
        return found

    def read(self, shape: type[Any], data: Any) -> dict[str, Any]:
        given = shape(data=data)
        given.is_valid(raise_exception=True)
        return dict(given.validated_data)


class SessionView(StudioView):
    """A recording session with its prompts. For staff."""

    @extend_schema(responses=shapes.RecordingSessionSerializer)
    def get(self, request: Request, uuid: UUID) -> Response:
        session = self.session_or_404(uuid, VIEW)
        return Response(shapes.RecordingSessionSerializer(shown_session(session)).data)


class TakeView(StudioView):
    """One take, under the number that the device gave it. For staff."""

    parser_classes = [MultiPartParser]

    @extend_schema(
        request={"multipart/form-data": shapes.TakeInputSerializer},
        responses={
            201: shapes.KeptTakeSerializer,
            200: OpenApiResponse(shapes.KeptTakeSerializer, description="The take was there already."),
        },
    )
    def put(self, request: Request, uuid: UUID, take: UUID) -> Response:
        session = self.session_or_404(uuid, CHANGE)
        given = self.read(shapes.TakeInputSerializer, request.data)
        kept, made = keep_take(session=session, take=take, by=request.user, **given)
        return Response(shapes.KeptTakeSerializer(kept).data, status=201 if made else 200)

    @extend_schema(responses={204: None})
    def delete(self, request: Request, uuid: UUID, take: UUID) -> Response:
        """Throw the take away, as long as nobody has checked it."""
        throw_away(session=self.session_or_404(uuid, CHANGE), take=take)
        return Response(status=204)


class PromptView(StudioView):
    """Skip a prompt and say why, or let it wait again. Repeating it changes nothing. For staff."""

    @extend_schema(request=shapes.PromptInputSerializer, responses=shapes.PromptStateSerializer)
    def put(self, request: Request, uuid: UUID, prompt: int) -> Response:
        session = self.session_or_404(uuid, CHANGE)
        given = self.read(shapes.PromptInputSerializer, request.data)
        if given.pop("state") == "skipped":
            asked = skip_prompt(session=session, prompt=prompt, **given)
        else:
            asked = ask_again(session=session, prompt=prompt)
        return Response(shapes.PromptStateSerializer(asked).data)
