"""Accounts in the CMS, with our fields."""

from typing import Any

import django_filters
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _
from wagtail.admin.ui.tables import Column
from wagtail.users.views.users import IndexView as WagtailIndexView
from wagtail.users.views.users import UserFilterSet as WagtailFilterSet
from wagtail.users.views.users import UserViewSet as WagtailViewSet

from accounts import municipalities
from accounts.admin_forms import UserCreationForm, UserEditForm
from accounts.models import User


class UserFilterSet(WagtailFilterSet):
    """Finds accounts by work and municipality too."""

    role = django_filters.ChoiceFilter(choices=User.Role.choices, label=_("Role"))
    municipality = django_filters.ChoiceFilter(choices=municipalities.choices, label=_("Municipality"))


class IndexView(WagtailIndexView):
    """Lists accounts by name and e-mail."""

    search_fields = ["name", "email"]

    @cached_property
    def columns(self) -> list[Any]:
        select, name, email, *others = super().columns
        name.sort_key, email.label = "name", _("E-mail")
        role = Column("role", accessor="get_role_display", label=_("Role"), sort_key="role", width="15%")
        return [select, name, email, role, *others]

    def order_queryset(self, queryset: Any) -> Any:
        # Wagtail's would sort by first and last name, which do not exist here.
        if self.ordering in ("name", "-name"):
            return queryset.order_by(self.ordering, "pk")
        return super().order_queryset(queryset)


class UserViewSet(WagtailViewSet):
    """The user pages of the CMS."""

    index_view_class = IndexView
    filterset_class = UserFilterSet

    def get_form_class(self, for_update: bool = False) -> type:
        return UserEditForm if for_update else UserCreationForm
