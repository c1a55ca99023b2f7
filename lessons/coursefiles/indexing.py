"""Index what a load brings once, at its end: Wagtail's own handlers do so at every save, three times an exercise."""

from collections import defaultdict
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from django.db import transaction
from django.db.models import Model
from django.db.models.signals import post_save
from modelcluster.fields import ParentalKey
from modelsearch.backends import get_search_backends
from modelsearch.index import class_is_indexed, get_indexed_instance, get_indexed_models
from modelsearch.signal_handlers import post_save_signal_handler
from wagtail.models import ReferenceIndex
from wagtail.signal_handlers import disable_reference_index_auto_update

Touched = dict[type[Model], set[Any]]


@contextmanager
def indexed_once() -> Iterator[None]:
    """Put off both indexes, that for search and that of what is used where, until the block ends well.

    For a process that does nothing else meanwhile: the handlers of search are the process's, not the thread's.
    """
    touched: Touched = defaultdict(set)

    def remember(sender: type[Model], instance: Model, **kwargs: Any) -> None:
        touched[sender].add(instance.pk)
        for field in sender._meta.fields:
            if isinstance(field, ParentalKey):
                touched[field.related_model].add(getattr(instance, field.attname))

    searched = [model for model in get_indexed_models() if post_save.disconnect(post_save_signal_handler, sender=model)]
    post_save.connect(remember)
    try:
        with disable_reference_index_auto_update():
            yield
    finally:
        post_save.disconnect(remember)
        for model in searched:
            post_save.connect(post_save_signal_handler, sender=model)
    _index(touched)


def _index(touched: Touched) -> None:
    for model, keys in touched.items():
        tracked, searched = ReferenceIndex.is_indexed(model), class_is_indexed(model)
        if not (tracked or searched):
            continue
        things = list(model._default_manager.filter(pk__in=keys))
        if tracked:
            with transaction.atomic():
                for thing in things:
                    ReferenceIndex.create_or_update_for_object(thing)
        if searched:
            found = [known for known in map(get_indexed_instance, things) if known is not None]
            for backend in get_search_backends(with_auto_update=True):
                for kind in {type(one) for one in found}:
                    backend.add_bulk(kind, [one for one in found if type(one) is kind])
