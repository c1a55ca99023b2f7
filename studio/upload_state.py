"""Whether an upload may still be changed."""

from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext as _

from studio.models import UploadBatch


class Gone(ValidationError):
    """The upload is not open any more: deleted, or being placed."""

    def __init__(self) -> None:
        super().__init__(_("This upload is not open any more. Nothing more can be added to it."), code="gone")


def hold_open(batch: UploadBatch) -> None:
    """Keep the upload open until the end of the transaction. Raises `Gone`."""
    still = UploadBatch.objects.filter(pk=batch.pk, state=UploadBatch.State.OPEN)
    if not still.update(changed_at=timezone.now()):
        raise Gone
