"""The language: entries with glosses, variants and attested forms, their sources and review state."""

from .entries import Entry, Form, Gloss, Variant
from .headwords import Headword, index_entries
from .imports import ImportRun
from .lost import LostVoice
from .pages import DictionaryPage
from .phrasebook import PhrasebookPage
from .sheets import InfoSheetIndexPage, InfoSheetPage
from .signoffs import PassedOver, ReviewerProfile, SignOff
from .sources import Source, Theme
from .spelling import ProtectedPair, SpellingRule
from .takes import Take
from .taught import TaughtEntry, set_taught

__all__ = [
    "DictionaryPage",
    "Entry",
    "Form",
    "Gloss",
    "Headword",
    "ImportRun",
    "InfoSheetIndexPage",
    "InfoSheetPage",
    "LostVoice",
    "PassedOver",
    "PhrasebookPage",
    "ProtectedPair",
    "ReviewerProfile",
    "SignOff",
    "Source",
    "SpellingRule",
    "Take",
    "TaughtEntry",
    "Theme",
    "Variant",
    "index_entries",
    "set_taught",
]
