"""Sign-in to the API by session."""

from django.http import HttpRequest
from rest_framework.authentication import SessionAuthentication as RestSessionAuthentication


class SessionAuthentication(RestSessionAuthentication):
    """A visitor's request gets 401, not 403: signing in would help."""

    def authenticate_header(self, request: HttpRequest) -> str:
        return 'Session realm="api"'
