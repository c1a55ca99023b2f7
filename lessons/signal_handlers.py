"""What lessons do when a page goes live or is taken down."""

from typing import Any

from dictionary.models import set_taught

from .models import LessonPage


def lesson_published(sender: Any, instance: LessonPage, **kwargs: Any) -> None:
    """Keep the dictionary's list of taught entries true. The page in the first language decides."""
    live = LessonPage.objects.filter(translation_key=instance.translation_key, live=True)
    lesson = live.order_by("locale_id").first()
    set_taught(instance.translation_key, taught_entries(lesson) if lesson else [])


def taught_entries(lesson: LessonPage) -> list[int]:
    """Return the primary keys of the entries in the lesson's word lists, in order."""
    return [
        item["value"]
        for block in lesson.body.get_prep_value()
        if block["type"] == "words"
        for item in block["value"]["items"]
        if item.get("value")
    ]
