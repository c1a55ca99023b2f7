"""When pages change: what that means for their translations."""

from typing import Any

from django.apps import apps
from django.db.models.signals import post_delete, pre_save
from wagtail.models import Page
from wagtail.signals import copy_for_translation_done, page_published

from cms.models import BasePage

from . import services


def connect() -> None:
    """Listen to the pages of all rooms."""
    for model in apps.get_models():
        if issubclass(model, BasePage):
            name = f"cms_translating_{model._meta.label}"
            pre_save.connect(before_saving, sender=model, dispatch_uid=name)
            post_delete.connect(deleted, sender=model, dispatch_uid=name)
            page_published.connect(published, sender=model, dispatch_uid=name)
    copy_for_translation_done.connect(copied, dispatch_uid="cms_translating")


def before_saving(sender: Any, instance: Page, raw: bool = False, update_fields: Any = None, **kwargs: Any) -> None:
    if instance.pk and not raw and update_fields is None:
        services.remember_source(instance)


def published(sender: Any, instance: Page, revision: Any = None, **kwargs: Any) -> None:
    if services.is_source(instance):
        services.source_published(instance)
    else:
        services.translation_published(instance, getattr(revision, "user", None))


def copied(sender: Any, source_obj: Any, target_obj: Any, **kwargs: Any) -> None:
    if isinstance(target_obj, Page):
        services.start(target_obj.specific)


def deleted(sender: Any, instance: Page, **kwargs: Any) -> None:
    if services.is_source(instance):
        services.source_deleted(instance.translation_key)
