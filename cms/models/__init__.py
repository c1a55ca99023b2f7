"""Pages and settings of the site."""

from cms.models.base import BasePage
from cms.models.comments import FieldComment
from cms.models.lost import LostPlace
from cms.models.pages import ContentPage, HomePage
from cms.models.settings import SiteSettings
from cms.models.translations import TranslationState

__all__ = ["BasePage", "ContentPage", "FieldComment", "HomePage", "LostPlace", "SiteSettings", "TranslationState"]
