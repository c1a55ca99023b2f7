"""The person who asks, and keys for programs."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from django.contrib.auth import logout
from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.decorators import method_decorator
from django.views.decorators.cache import cache_control
from django.views.decorators.csrf import ensure_csrf_cookie
from django.views.decorators.debug import sensitive_variables
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import OpenApiResponse, extend_schema
from rest_framework import status
from rest_framework.exceptions import Throttled
from rest_framework.permissions import AllowAny
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.throttling import AnonRateThrottle
from rest_framework.views import APIView

from accounts import personal_data, services
from accounts.api.authentication import TokenAuthentication
from accounts.api.serializers import (
    ErasureInputSerializer,
    PersonInputSerializer,
    PersonSerializer,
    SignInInputSerializer,
    TokenSerializer,
)
from accounts.models import User


@contextmanager
def limits_as_throttling() -> Iterator[None]:
    """Turn allauth's limit of attempts into the API's 429."""
    try:
        yield
    except ValidationError as error:
        if getattr(error, "code", "") != "too_many_login_attempts":
            raise
        raise Throttled(detail=error.message) from error


class PersonRequest(Request):
    """A request by somebody who is signed in; the default permission sees to that."""

    user: User


private = method_decorator(cache_control(private=True, no_store=True), name="dispatch")


class SignInThrottle(AnonRateThrottle):
    """Twenty keys a minute are plenty for one address, however many people share it."""

    scope = "tokens"
    rate = "20/min"


@private
@method_decorator(ensure_csrf_cookie, name="dispatch")
class MeView(APIView):
    """The account of the person who asks."""

    @extend_schema(operation_id="me_retrieve", responses=PersonSerializer)
    def get(self, request: PersonRequest) -> Response:
        """Return the person's own account; also sets the CSRF cookie that writing needs."""
        return Response(PersonSerializer(request.user).data)

    @extend_schema(operation_id="me_update", request=PersonInputSerializer, responses=PersonSerializer)
    def patch(self, request: PersonRequest) -> Response:
        """Change what the person told about themselves, but for the e-mail. A field that is not known is refused."""
        given = PersonInputSerializer(data=request.data)
        given.is_valid(raise_exception=True)
        for field, value in given.validated_data.items():
            setattr(request.user, field, value)
        if given.validated_data:
            request.user.save(update_fields=list(given.validated_data))
        return Response(PersonSerializer(request.user).data)

    @extend_schema(
        operation_id="me_erase",
        request=ErasureInputSerializer,
        responses={204: OpenApiResponse(description="Erased, with everything kept about the person.")},
    )
    @method_decorator(sensitive_variables())
    def delete(self, request: PersonRequest) -> Response:
        """Erase the account and all personal data. Asks for the password, or for a sign-in just now."""
        given = ErasureInputSerializer(data=request.data)
        given.is_valid(raise_exception=True)
        with limits_as_throttling():
            services.confirm_person(
                request._request, user=request.user, password=given.validated_data.get("password", "")
            )
        services.erase_account(user=request.user)
        logout(request._request)
        return Response(status=status.HTTP_204_NO_CONTENT)


@private
class ExportView(APIView):
    """Everything kept about the person who asks."""

    @extend_schema(operation_id="me_export", responses={200: OpenApiTypes.OBJECT})
    def get(self, request: PersonRequest) -> Response:
        """Return all personal data in one file, part by part."""
        data = {"exported_at": timezone.now(), **personal_data.export_all(request.user)}
        name = f"pamatkurss-{timezone.localdate():%Y-%m-%d}.json"
        return Response(data, headers={"Content-Disposition": f'attachment; filename="{name}"'})


@private
class TokensView(APIView):
    """Keys for programs that act for a person."""

    authentication_classes: list[Any] = []
    permission_classes = [AllowAny]
    throttle_classes = [SignInThrottle]

    @extend_schema(
        operation_id="tokens_create", auth=[], request=SignInInputSerializer, responses={201: TokenSerializer}
    )
    @method_decorator(sensitive_variables())
    def post(self, request: Request) -> Response:
        """Return a new key for an e-mail and a password. Send it as `Authorization: Token …`."""
        given = SignInInputSerializer(data=request.data)
        given.is_valid(raise_exception=True)
        email, password = given.validated_data["email"], given.validated_data["password"]
        with limits_as_throttling():
            user = services.sign_in(request._request, email=email, password=password)
        token, text = services.create_token(user=user, name=given.validated_data["name"])
        answer = TokenSerializer({"token": text, "name": token.name, "expiry": token.expiry})
        return Response(answer.data, status=status.HTTP_201_CREATED)


@private
class CurrentTokenView(APIView):
    """The key that this request was made with."""

    authentication_classes = [TokenAuthentication]

    @extend_schema(operation_id="tokens_current_destroy", request=None, responses={204: None})
    def delete(self, request: PersonRequest) -> Response:
        """Take the key back: from now on it opens nothing."""
        request.auth.delete()
        return Response(status=status.HTTP_204_NO_CONTENT)
