"""How one likes to listen: the same page for everyone; the choice is the device's or, by the API, the account's."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import get_language
from django.views.decorators.http import require_safe

from accounts.preferences import SPEEDS
from cms.caching import cacheable
from media.models import Recording, Variety


@require_safe
@cacheable
def listening(request: HttpRequest) -> HttpResponse:
    """Offer the varieties of which something can be heard, and the speeds."""
    heard = Recording.objects.heard().order_by().values("variety")
    context = {
        "varieties": Variety.objects.filter(pk__in=heard),
        "speeds": SPEEDS,
        "language": get_language(),
    }
    return render(request, "dictionary/listening.html", context)
