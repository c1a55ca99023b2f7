"""The form of a dictionary entry in the CMS."""

from wagtail.admin.forms import WagtailAdminModelForm

from .models import Entry


class EntryForm(WagtailAdminModelForm):
    """Fills in what the person at the desk need not type: which words a phrase is made of.

    Whether it is reviewed is no field: reviewers sign, and what is changed here ends a signature by itself.
    """

    def save(self, commit: bool = True) -> Entry:
        entry: Entry = super().save(commit=False)
        if entry.kind == Entry.PHRASE:
            entry.words = words_of(entry.text)
        if commit:
            entry.save()
            self.save_m2m()
        return entry


def words_of(phrase: str) -> list[Entry]:
    """Return the entries that the words of a phrase surely belong to: those with only one possible entry."""
    found = []
    for token in phrase.split()[:12]:
        entries = list(Entry.objects.words().written(token)[:2])
        if len(entries) == 1:
            found.append(entries[0])
    return found
