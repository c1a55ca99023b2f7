"""Model fields of this room."""

from typing import Any

from django.db import models


class CaselessEmailField(models.EmailField):
    """An address kept in small letters, so that `Ilze@Skola.lv` and `ilze@skola.lv` are one account.

    Lookups fold their value in the same way, and `unique=True` is enough to keep the two apart from a third.
    """

    def get_prep_value(self, value: Any) -> Any:
        value = super().get_prep_value(value)
        return value.strip().lower() if isinstance(value, str) else value

    def pre_save(self, model_instance: models.Model, add: bool) -> Any:
        value = self.get_prep_value(super().pre_save(model_instance, add))
        setattr(model_instance, self.attname, value)
        return value
