"""Wiring of the studio into Wagtail."""

from . import completeness_hooks as completeness_hooks  # its hooks
from .menu import offer_studio

__all__ = ["offer_studio"]
