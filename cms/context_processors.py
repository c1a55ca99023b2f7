"""What templates of every room find in their context."""

from django.http import HttpRequest

from cms.navigation import Chrome


def site(request: HttpRequest) -> dict[str, Chrome]:
    """Put the page's surroundings into the context as `chrome`; nothing is read before it is used."""
    return {"chrome": Chrome(request)}
