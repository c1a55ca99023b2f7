"""Latvia's 36 municipalities and 7 state cities that are municipalities of their own.

Source: ISO 3166-2:LV as published after the administrative reform of 1 July 2021. Names are the official
Latvian ones and are not translated. Jēkabpils, Ogre and Valmiera are state cities too, but ISO lists them
with the municipality that they belong to. LV-102 (Varakļānu novads) is still in the standard, although it
has been governed together with Madonas novads since July 2025, so whoever works there finds it.
"""

from django.utils.translation import gettext_lazy as _

STATE_CITIES = (
    ("LV-DGV", "Daugavpils"),
    ("LV-JEL", "Jelgava"),
    ("LV-JUR", "Jūrmala"),
    ("LV-LPX", "Liepāja"),
    ("LV-REZ", "Rēzekne"),
    ("LV-RIX", "Rīga"),
    ("LV-VEN", "Ventspils"),
)

# In the order of the Latvian alphabet.
MUNICIPALITIES = (
    ("LV-011", "Ādažu novads"),
    ("LV-002", "Aizkraukles novads"),
    ("LV-007", "Alūksnes novads"),
    ("LV-111", "Augšdaugavas novads"),
    ("LV-015", "Balvu novads"),
    ("LV-016", "Bauskas novads"),
    ("LV-022", "Cēsu novads"),
    ("LV-112", "Dienvidkurzemes novads"),
    ("LV-026", "Dobeles novads"),
    ("LV-033", "Gulbenes novads"),
    ("LV-042", "Jēkabpils novads"),
    ("LV-041", "Jelgavas novads"),
    ("LV-047", "Krāslavas novads"),
    ("LV-050", "Kuldīgas novads"),
    ("LV-052", "Ķekavas novads"),
    ("LV-054", "Limbažu novads"),
    ("LV-056", "Līvānu novads"),
    ("LV-058", "Ludzas novads"),
    ("LV-059", "Madonas novads"),
    ("LV-062", "Mārupes novads"),
    ("LV-067", "Ogres novads"),
    ("LV-068", "Olaines novads"),
    ("LV-073", "Preiļu novads"),
    ("LV-077", "Rēzeknes novads"),
    ("LV-080", "Ropažu novads"),
    ("LV-087", "Salaspils novads"),
    ("LV-088", "Saldus novads"),
    ("LV-089", "Saulkrastu novads"),
    ("LV-091", "Siguldas novads"),
    ("LV-094", "Smiltenes novads"),
    ("LV-097", "Talsu novads"),
    ("LV-099", "Tukuma novads"),
    ("LV-101", "Valkas novads"),
    ("LV-113", "Valmieras novads"),
    ("LV-102", "Varakļānu novads"),
    ("LV-106", "Ventspils novads"),
)

NAMES = dict(STATE_CITIES + MUNICIPALITIES)


def choices() -> list[tuple[object, tuple[tuple[str, str], ...]]]:
    """Return all of them for a form, grouped."""
    return [(_("State cities"), STATE_CITIES), (_("Municipalities"), MUNICIPALITIES)]
