"""A draft may be half written, whatever the type; what is published may not."""

import pytest
from django.core.exceptions import ValidationError
from wagtail.blocks import ListBlock

from lessons.definitions import define
from lessons.exercises import types
from lessons.models import Exercise

pytestmark = pytest.mark.django_db


def empty(kind):
    """Return what stands in the editor of a new block, with one empty row in each list."""
    block = types()[kind].block()
    value = block.get_default()
    for name, child in block.child_blocks.items():
        if isinstance(child, ListBlock):
            value[name] = child.normalize([child.child_block.get_default()])
    return value


@pytest.mark.parametrize("kind", sorted(types()))
def test_a_half_written_draft_is_kept_and_what_it_lacks_is_said_when_it_is_published(kind):
    field = Exercise._meta.get_field("body").stream_block
    body = field.normalize([(kind, empty(kind))])
    kept = field.clean_deferred(body)
    draft = Exercise.objects.create(title="Melnraksts", body=kept, live=False)
    draft.save_revision()
    assert define([draft.stored_block]) == [None], "it cannot be asked yet"
    with pytest.raises(ValidationError):
        field.clean(body)
