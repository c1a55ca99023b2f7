"""Tables as authors make them in a spreadsheet program, and their way through the CMS."""

import csv
import io

from django.contrib.auth.models import Group
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from openpyxl import Workbook, load_workbook
from wagtail.users.models import UserProfile

from accounts.models import User
from dictionary.models import ImportRun


def as_csv(*rows, delimiter=",", encoding="utf-8-sig"):
    out = io.StringIO()
    csv.writer(out, delimiter=delimiter).writerows(rows)
    return out.getvalue().encode(encoding)


def as_xlsx(*rows):
    book, out = Workbook(), io.BytesIO()
    for row in rows:
        book.active.append(row)
    book.save(out)
    return out.getvalue()


def read_csv(content):
    return list(csv.DictReader(io.StringIO(content.decode("utf-8-sig"))))


def read_xlsx(content):
    sheet = load_workbook(io.BytesIO(content)).active
    names, *rows = sheet.iter_rows()
    return [{name.value: cell.value or "" for name, cell in zip(names, row, strict=True)} for row in rows]


def download(client, table, form="csv", **query):
    response = client.get(reverse("tables_download", args=[table, form]), query)
    assert response.status_code == 200
    return response.content


def upload(client, table, content, name="vardi.csv"):
    """Bring a file in as far as the look at what it would do; or the page that refuses it."""
    return client.post(reverse("tables", args=[table]), {"file": SimpleUploadedFile(name, content)}, follow=True)


def looked_at(client, table, content, name="vardi.csv"):
    """Return the context of the look at what a file would do."""
    page = upload(client, table, content, name)
    assert page.status_code == 200
    assert "plan" in page.context, page.context["form"].errors
    return page.context


def confirm(client, context, **data):
    """Say yes to what was looked at; return the run."""
    run = context["run"]
    address = reverse("tables_run", args=[run.table, run.pk])
    page = client.post(address, {"digest": context["plan"].digest} | data, follow=True)
    assert page.status_code == 200
    return ImportRun.objects.get(pk=run.pk)


def bring_in(client, table, content, **data):
    return confirm(client, looked_at(client, table, content), **data)


def undo(client, run):
    page = client.post(reverse("tables_undo", args=[run.table, run.pk]), follow=True)
    assert page.status_code == 200
    run.refresh_from_db()
    return page


def faults(context):
    """Return what was refused: cell → message."""
    return {fault.cell: fault.message for step in context["plan"].of("refused") for fault in step.faults}


MENU = (("wagtailadmin_home", []), ("tables", ["words"]), ("tables", ["exercises"]))
HEAD = ["id", "romani", "latvian", "english", "theme", "variety"]


def person(client, *groups):
    user = User.objects.create_user(f"{'-'.join(groups).lower().replace(' ', '')}@pamatkurss.example", language="lv")
    user.groups.set(Group.objects.filter(name__in=groups))
    client.force_login(user)
    return user


def speak_english():
    for user in User.objects.all():
        user.language = "en"
        user.save()
        UserProfile.get_for_user(user)
