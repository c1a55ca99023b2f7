"""What this room keeps about a person: what they answered, decided and remarked."""

from typing import Any

from wagtail.models import Comment, TaskState

from cms.models import FieldComment
from dictionary.models import Entry

from .models import Answer, NativeReviewTask
from .questions_dialogue import note_of


def export(user: Any) -> dict[str, Any]:
    """Return what the person said to questions, decided about lessons, and remarked at pages."""
    decided = TaskState.objects.filter(finished_by=user, task__in=NativeReviewTask.objects.values("pk"))
    return {
        "answers": [
            {
                "question": one.question,
                "text": one.text,
                "romani": one.romani,
                "signed_as": one.signed_as,
                "said_on": one.said_on.isoformat(),
                "state": one.state,
                "reason": one.reason,
            }
            for one in Answer.objects.filter(by=user).order_by("pk")
        ],
        "decided_answers": Answer.objects.filter(decided_by=user).count(),
        "decisions": [
            {
                "title": one.revision.object_str,
                "decision": one.status,
                "note": one.comment,
                "decided_at": one.finished_at.isoformat() if one.finished_at else None,
            }
            for one in decided.select_related("revision").order_by("pk")
        ],
        "remarks": [
            {"about": one.page.title, "text": one.text, "said_on": one.created_at.isoformat()}
            for one in Comment.objects.filter(user=user).select_related("page").order_by("pk")
        ]
        + [
            {"about": one.content_type.name, "text": one.text, "said_on": one.created_at.isoformat()}
            for one in FieldComment.objects.filter(author=user).select_related("content_type").order_by("pk")
        ],
    }


def erase(user: Any) -> None:
    """Take the name from what the person said; what they told about the language stays.

    The note that learners read beside a phrase is written anew without the name. Remarks at pages go with the account:
    Wagtail deletes them.
    """
    for answer in Answer.objects.filter(by=user).exclude(signed_as="").select_related("entry"):
        signed = note_of(answer)
        answer.signed_as = ""
        if answer.entry is not None and signed in answer.entry.note:
            note = answer.entry.note.replace(signed, note_of(answer))
            Entry.objects.filter(pk=answer.entry.pk).update(note=note)
        answer.save(update_fields=["signed_as"])
    Answer.objects.filter(by=user).update(by=None)
    Answer.objects.filter(decided_by=user).update(decided_by=None)
