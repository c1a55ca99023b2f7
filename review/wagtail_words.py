"""Words of Wagtail's own that authors, reviewers and editors meet on the way, and that have no Latvian in Wagtail.

Nothing uses this list: it makes the words known to our message file, which comes before Wagtail's.
"""

from django.utils.translation import gettext_noop

WORDS = (
    gettext_noop("Request changes"),
    gettext_noop("Approve with comment"),
    gettext_noop("In progress"),
    gettext_noop("Approved"),
    gettext_noop("Needs changes"),
    gettext_noop("Cancelled"),
    gettext_noop("Rejected"),
    gettext_noop("Not started"),
    gettext_noop("Add comment"),
    gettext_noop("Reply to comment"),
    gettext_noop("Resolve comment"),
    gettext_noop("Edit comment"),
    gettext_noop("Delete comment"),
    gettext_noop("Comments"),
    gettext_noop("Task submitted by"),
    gettext_noop("Locked by workflow"),
    gettext_noop("Workflow tasks"),
    gettext_noop("Group approval task"),
    gettext_noop("Group approval tasks"),
    gettext_noop("Only reviewers can edit and approve the %(model_name)s"),
    gettext_noop("Only reviewers for this task can edit the %(model_name)s."),
    gettext_noop("Publishing this page will cancel the current workflow."),
    gettext_noop("%(model_name)s '%(object)s' created and submitted for moderation."),
    gettext_noop("%(model_name)s '%(object)s' has been submitted for moderation."),
    gettext_noop("This %(model_name)s is currently at <strong>%(task)s</strong> in <strong>%(workflow)s</strong>."),
    gettext_noop("This page is currently at <strong>%(task)s</strong> in <strong>%(workflow)s</strong>."),
    gettext_noop(
        "This page was marked as needing changes at <strong>%(task)s</strong> in <strong>%(workflow)s</strong>."
    ),
    gettext_noop(
        "This %(model_name)s was marked as needing changes at <strong>%(task)s</strong> in "
        "<strong>%(workflow)s</strong>."
    ),
    gettext_noop("live + in moderation"),
    gettext_noop("with comment:"),
)
