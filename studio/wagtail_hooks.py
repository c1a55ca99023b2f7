"""Wiring of the studio into Wagtail."""

from .menu import offer_studio
from .upload_hooks import offer_uploads, upload_addresses

__all__ = ["offer_studio", "offer_uploads", "upload_addresses"]
