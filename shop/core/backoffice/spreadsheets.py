"""Lists of the admin as CSV and XLSX files."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from django.http import HttpRequest, HttpResponseBase
from django.shortcuts import redirect
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE
from wagtail.admin import messages

MOST_XLSX_ROWS = 5_000  # an XLSX of 20,000 rows takes five seconds of a web worker
FORMULA = re.compile(r"[\t\r\n]|\s*[=+\-@＝＋－＠]")  # the wide ones are formulas to an Excel of East Asia
PHONE = re.compile(r"\+\d+")


def plain_text(typed: str) -> str:
    """Spreadsheets run a cell that begins like a formula; an apostrophe makes it text (OWASP, CSV injection). Control
    characters, which an XLSX cannot hold, are left out."""
    typed = ILLEGAL_CHARACTERS_RE.sub("", typed)
    return f"'{typed}" if FORMULA.match(typed) and not PHONE.fullmatch(typed) else typed


class Exported:
    """Mixin for a listing, before it: `headings` by column, and `row(item)` with the cells of an item."""

    headings: Mapping[str, Any] = {}

    def row(self, item: Any) -> dict[str, Any]:
        raise NotImplementedError

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        return self._export() if self.is_export else super().get(request, *args, **kwargs)  # type: ignore[misc,attr-defined]

    @cached_property
    def list_export(self) -> list[str]:
        return list(self.headings)

    def to_row_dict(self, item: Any) -> dict[str, Any]:
        cells = self.row(item)
        return {name: cells[name] for name in self.headings}

    def get_heading(self, queryset: Any, field: str) -> str:
        return str(self.headings[field])

    def _export(self) -> HttpResponseBase:
        rows = self.get_queryset()  # type: ignore[attr-defined]
        as_format = self.request.GET["export"]  # type: ignore[attr-defined]
        if as_format == "xlsx" and rows.count() > MOST_XLSX_ROWS:
            return self._advise_csv()
        return self.as_spreadsheet(rows.iterator(chunk_size=1000), as_format)  # type: ignore[attr-defined]

    def _advise_csv(self) -> HttpResponseBase:
        request = self.request  # type: ignore[attr-defined]
        text = _("An Excel file holds up to %(most)s rows here. Narrow the list, or take the CSV file.")
        messages.warning(request, text % {"most": f"{MOST_XLSX_ROWS:,}"})
        rest = request.GET.copy()
        del rest["export"]
        return redirect(f"{self.index_url}?{rest.urlencode()}")  # type: ignore[attr-defined]
