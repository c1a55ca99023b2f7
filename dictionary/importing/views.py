"""Tables in the CMS: the page of one kind of table, the look at what a table would do, and what it did."""

from functools import cached_property
from typing import Any

from django import forms
from django.core.exceptions import PermissionDenied, ValidationError
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse, reverse_lazy
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django.views.generic import TemplateView
from wagtail.admin import messages
from wagtail.admin.menu import MenuItem
from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin
from wagtail.admin.widgets.button import Button

from ..models import ImportRun
from . import plans
from .runs import confirm_run, plan_of, start_again, start_run, undo_run
from .sheets import MOST_BYTES, MOST_ROWS, XLSX, write_csv, write_xlsx
from .tables import Table, table_named

PER_PAGE = 50
STATES = {
    plans.REFUSED: gettext_lazy("Refused"),
    plans.CHANGED: gettext_lazy("Changed"),
    plans.NEW: gettext_lazy("New"),
    plans.SAME: gettext_lazy("As they were"),
}


class FileForm(forms.Form):
    """The table to bring in."""

    file = forms.FileField(
        label=gettext_lazy("Table"),
        widget=forms.FileInput(attrs={"accept": f".csv,.xlsx,text/csv,{XLSX}"}),
        help_text=gettext_lazy("CSV or Excel (.xlsx). First you see what would happen; nothing changes before that."),
    )


class _TableView(WagtailAdminTemplateMixin, TemplateView):
    """What all pages of a table need: which one it is, and the right to bring it in."""

    header_icon = "table"
    _show_breadcrumbs = True

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> Any:
        if not self.table.is_allowed(request.user):
            raise PermissionDenied
        return super().dispatch(request, *args, **kwargs)

    @cached_property
    def table(self) -> type[Table]:
        found = table_named(self.kwargs["name"])
        if found is None:
            raise Http404
        return found

    def get_page_title(self) -> Any:
        return self.table.title

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        listing = reverse(self.table.model.snippet_viewset.get_url_name("list"))  # type: ignore[attr-defined]
        return [
            *self.breadcrumbs_items,
            {"url": listing, "label": self.table.model._meta.verbose_name_plural},
            *self.steps(),
        ]

    def steps(self) -> list[dict[str, Any]]:
        return [{"url": "", "label": self.table.title}]


class TableView(_TableView):
    """One kind of table: take it out, bring it in, and what was brought in before."""

    template_name = "dictionary/admin/table.html"

    def post(self, request: HttpRequest, name: str) -> HttpResponse:
        form = FileForm(request.POST, request.FILES)
        sent = request.FILES.get("file")
        # Django's form refuses an empty file in its own words; so does the reader, who says more.
        if sent is not None:
            try:
                content = sent.read(MOST_BYTES + 1)
                run = start_run(table=self.table, user=request.user, file_name=sent.name or "", content=content)
            except ValidationError as error:
                form.is_valid()
                form.errors.pop("file", None)
                form.add_error("file", error.message_dict["file"])
            else:
                return redirect("tables_run", name, run.pk)
        return self.render_to_response(self.get_context_data(form=form))

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        runs = ImportRun.objects.filter(table=self.table.name).exclude(state=ImportRun.PLANNED, task="")
        runs = runs.select_related("made_by").defer("rows", "sheet", "refused", "held")
        table = self.table(self.request.user)
        query = self.request.GET.copy()
        query.pop("p", None)
        return super().get_context_data(**kwargs) | {
            "table": self.table,
            "form": kwargs.get("form") or FileForm(),
            "count": table.listed(self.request).count(),
            "is_filtered": any(query.values()),
            "query": query.urlencode(),
            "most_rows": MOST_ROWS,
            "most_mb": MOST_BYTES >> 20,
            "runs": Paginator(runs, 20).get_page(self.request.GET.get("p")),
        }


class DownloadView(_TableView):
    """The table as a file: what the listing's filters show."""

    def get(self, request: HttpRequest, name: str, form: str) -> HttpResponse:  # type: ignore[override]
        if form not in ("csv", "xlsx"):
            raise Http404
        table = self.table(request.user)
        rows = table.rows(table.listed(request))
        if form == "csv":
            content, kind = write_csv(table.names(), rows), "text/csv; charset=utf-8"
        else:
            content, kind = write_xlsx(table.names(), rows, name), XLSX
        response = HttpResponse(content, content_type=kind)
        response["Content-Disposition"] = f'attachment; filename="{name}.{form}"'
        return response


class _RunView(_TableView):
    """What the pages of one run need. What was only looked at is its author's own."""

    @cached_property
    def run(self) -> ImportRun:
        run = get_object_or_404(ImportRun.objects.select_related("made_by", "undone_by"), pk=self.kwargs["pk"])
        if run.table != self.table.name:
            raise Http404
        if run.state == ImportRun.PLANNED and run.made_by_id != self.request.user.pk:
            raise PermissionDenied
        return run

    def steps(self) -> list[dict[str, Any]]:
        above = {"url": reverse("tables", args=[self.table.name]), "label": self.table.title}
        return [above, {"url": "", "label": self.run.file_name}]


class RunView(_RunView):
    """What a table would do, or what it did."""

    def get_template_names(self) -> list[str]:
        is_planned = self.run.state == ImportRun.PLANNED and not self.run.is_working
        return ["dictionary/admin/table_plan.html" if is_planned else "dictionary/admin/table_run.html"]

    def post(self, request: HttpRequest, name: str, pk: int) -> HttpResponse:
        """Apply what was looked at."""
        try:
            run = confirm_run(
                run=self.run,
                user=request.user,
                digest=request.POST.get("digest", ""),
                may_empty=request.POST.get("may_empty") == "yes",
            )
        except ValidationError as error:
            messages.error(request, " ".join(error.messages))
        else:
            if run.state == ImportRun.APPLIED:
                done = run.new_count + run.changed_count
                text = ngettext("%(count)d row was brought in.", "%(count)d rows were brought in.", done)
                messages.success(request, text % {"count": done})
        return redirect("tables_run", name, pk)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        context = super().get_context_data(**kwargs) | {"table": self.table, "run": self.run}
        if self.run.state == ImportRun.PLANNED and not self.run.is_working:
            return context | self.planned()
        page = Paginator(self.run.rows, PER_PAGE).get_page(self.request.GET.get("p"))
        table = self.table(self.request.user)
        rows = [row | {"url": "" if row.get("undone") and not row["before"] else table.link(row["pk"])} for row in page]
        return context | {"page": page, "rows": rows}

    def planned(self) -> dict[str, Any]:
        plan = plan_of(self.run, self.request.user)
        counts = plan.counts
        first = next((state for state in STATES if counts[state]), plans.SAME)
        shown = self.request.GET.get("show", "")
        shown = shown if shown in STATES else first
        return {
            "plan": plan,
            "notes": self.run.sheet["notes"],
            "tabs": [(state, name, counts[state]) for state, name in STATES.items()],
            "shown": shown,
            "page": Paginator(plan.of(shown), PER_PAGE).get_page(self.request.GET.get("p")),
            "todo": counts[plans.NEW] + counts[plans.CHANGED],
            "refused": counts[plans.REFUSED],
            "columns": {column.name: column.help for column in self.table.columns},
        }


class UndoView(_RunView):
    """Take a run back."""

    http_method_names = ["post"]

    def post(self, request: HttpRequest, name: str, pk: int) -> HttpResponse:
        run = undo_run(run=self.run, user=request.user)
        if run.held:
            messages.warning(request, _("Some rows stay as they are: below it says why."))
        elif run.state == ImportRun.UNDONE:
            messages.success(request, _("Everything is as it was before."))
        return redirect("tables_run", name, pk)


class AgainView(_RunView):
    """Ask the worker once more."""

    http_method_names = ["post"]

    def post(self, request: HttpRequest, name: str, pk: int) -> HttpResponse:
        if self.run.is_stuck:
            start_again(run=self.run, user=request.user)
        return redirect("tables_run", name, pk)


class TableMenuItem(MenuItem):
    """The way to a table, for those who may bring it in."""

    def __init__(self, table: type[Table], order: int) -> None:
        super().__init__(
            table.title,
            reverse_lazy("tables", args=[table.name]),
            name=f"table-{table.name}",
            icon_name="table",
            order=order,
        )
        self.table = table

    def is_shown(self, request: HttpRequest) -> bool:
        return self.table.is_allowed(request.user)


def table_buttons(request: HttpRequest, tables: list[type[Table]]) -> list[Button]:
    """Return the buttons of a listing that lead to its tables, with the filters that are set there."""
    query = request.GET.copy()
    query.pop("p", None)
    tail = f"?{query.urlencode()}" if any(query.values()) else ""
    return [
        Button(table.title, url=reverse("tables", args=[table.name]) + tail, icon_name="table")
        for table in tables
        if table.is_allowed(request.user)
    ]
