"""The language: entries with glosses, variants and attested forms, their sources and review state."""

from .entries import Entry, Form, Gloss, Variant
from .imports import ImportRun
from .pages import DictionaryPage
from .sheets import InfoSheetIndexPage, InfoSheetPage
from .sources import Source, Theme
from .spelling import ProtectedPair, SpellingRule
from .takes import Take
from .taught import TaughtEntry, set_taught

__all__ = [
    "DictionaryPage",
    "Entry",
    "Form",
    "Gloss",
    "ImportRun",
    "InfoSheetIndexPage",
    "InfoSheetPage",
    "ProtectedPair",
    "Source",
    "SpellingRule",
    "Take",
    "TaughtEntry",
    "Theme",
    "Variant",
    "set_taught",
]
