"""The orders in which the dictionary can be read: by its Romani, or by the words of a language of meanings."""

from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from .alphabet import ROMANI

ROMANI_FIRST = "romani"


@dataclass(frozen=True)
class Order:
    """One order: its name in addresses, the language of its headwords, what readers call it."""

    name: str
    language: str
    label: str | Promise

    @property
    def question(self) -> dict[str, str]:
        """Return what an address says of the order; nothing for the usual one."""
        return {} if self.name == ROMANI_FIRST else {"by": self.name}


ORDERS = {
    order.name: order
    for order in (
        Order(ROMANI_FIRST, ROMANI, _("By Romani")),
        Order("latvian", "lv", _("By Latvian")),
        Order("english", "en", _("By English")),
    )
}


def offered_orders(chosen: Order) -> list[Order]:
    """Return the orders that the page in the active language offers, and the one that was chosen."""
    names = ["romani", "english", "latvian"] if get_language() == "en" else ["romani", "latvian"]
    return [ORDERS[name] for name in names] + ([chosen] if chosen.name not in names else [])
