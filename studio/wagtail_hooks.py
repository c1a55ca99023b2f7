"""Wiring of the studio into Wagtail."""

from .menu import offer_studio

__all__ = ["offer_studio"]
