"""Judge the site's course and keep what was found, so that the desk need not judge at each look."""

from datetime import datetime

from django.db import transaction
from django.db.models import Max
from wagtail.models import Page

from ..models import CourseReport
from .reading import from_database
from .report import judge


def judge_site() -> CourseReport:
    """Judge the site's course now; the report takes the place of the one before."""
    course = from_database()
    report = judge(course)
    findings = [
        {"rule": one.rule, "place": one.place, "values": one.values, "target": course.target_of(one.place)}
        for one in report.findings
    ]
    with transaction.atomic():
        kept = CourseReport.objects.create(counts=report.counts, findings=findings)
        CourseReport.objects.exclude(pk=kept.pk).delete()
    return kept


def newest_report() -> CourseReport | None:
    return CourseReport.objects.first()


def is_outdated(report: CourseReport) -> bool:
    """Say whether a page was published after the report was made."""
    last: datetime | None = Page.objects.aggregate(last=Max("last_published_at"))["last"]
    return last is not None and last > report.made_at
