"""Background work of this room. May run twice."""

from django.contrib.auth import get_user_model
from django.utils import translation

from media.background import task

from .importing.runs import do_work
from .models import ImportRun


@task(backend="jobs")
def work_on_run(run: int, user: int) -> None:
    """Bring in a long table, or take it back."""
    found, who = ImportRun.objects.filter(pk=run).first(), get_user_model().objects.filter(pk=user).first()
    if found is None or who is None:
        return
    with translation.override(getattr(who, "language", "") or "lv"):
        do_work(run=found, user=who)
