"""Background work of this room. May run twice."""

from media.background import task

from .checking.keeping import judge_site


@task(backend="jobs")
def judge_course() -> int:
    """Judge the site's course anew; return how much was found."""
    return len(judge_site().findings)
