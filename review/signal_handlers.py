"""What happens in this room when rooms to the right make something."""

from typing import Any

from django.db.models.signals import post_save
from django.dispatch import receiver

from courses.models import CoursePage
from dictionary.models import DictionaryPage, InfoSheetIndexPage, PhrasebookPage

from .workflows import assign_workflow


@receiver(post_save, sender=CoursePage, dispatch_uid="review_course_workflow")
@receiver(post_save, sender=DictionaryPage, dispatch_uid="review_dictionary_workflow")
@receiver(post_save, sender=InfoSheetIndexPage, dispatch_uid="review_sheets_workflow")
@receiver(post_save, sender=PhrasebookPage, dispatch_uid="review_phrasebook_workflow")
def ask_native_reviewers(instance: Any, created: bool, raw: bool = False, **kwargs: Any) -> None:
    """Let native reviewers be asked about everything below a new course, phrasebook, dictionary or list of sheets."""
    if created and not raw:
        assign_workflow(instance)
