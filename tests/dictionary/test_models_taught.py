"""Which page teaches which entry."""

from uuid import uuid4

import pytest

from dictionary.models import TaughtEntry, set_taught
from tests.making import make_entry

pytestmark = pytest.mark.django_db


def test_a_page_may_name_an_entry_that_was_deleted_since():
    page, kept, gone = uuid4(), make_entry("rl0070", "kher", "māja"), make_entry("rl0445", "bakri", "aita")
    named = [gone.pk, kept.pk, kept.pk]
    set_taught(page, named)
    assert TaughtEntry.objects.filter(page_key=page).count() == 2
    gone.delete()
    set_taught(page, named)
    assert list(TaughtEntry.objects.filter(page_key=page).values_list("entry", "position")) == [(kept.pk, 0)]


def test_none_takes_a_page_off_the_list():
    page, entry = uuid4(), make_entry("rl0070", "kher", "māja")
    set_taught(page, [entry.pk])
    set_taught(page, [])
    assert not TaughtEntry.objects.filter(page_key=page).exists()
