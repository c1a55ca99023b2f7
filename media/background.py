"""The one place that knows where background tasks come from: Django itself from 6.0, a package before."""

try:
    from django.tasks import task  # type: ignore[import-not-found]
except ImportError:
    from django_tasks import task  # type: ignore[no-redef]

__all__ = ["task"]
