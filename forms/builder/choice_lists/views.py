"""The grid of choices asks here what stands in a workbook, or in what was pasted from one."""

import json
from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponseNotAllowed, JsonResponse
from django.http.response import HttpResponseBase
from django.utils.translation import gettext

from forms.builder.choice_lists.importing import read_lines
from forms.builder.choice_lists.lines import MAX_CHOICES
from forms.builder.permissions import may_build_forms
from portal.units.importing.tables import MAX_BYTES, TableError, read_cells


def import_choices(request: HttpRequest) -> HttpResponseBase:
    """{"lines": [...], "faults": [...]} of the posted `file` or `text`; nothing is stored. 422 where it is no table."""
    if not may_build_forms(request.user):
        raise PermissionDenied
    if request.method != "POST":
        return HttpResponseNotAllowed(["POST"])
    file = request.FILES.get("file")
    data = file.read(MAX_BYTES + 1) if file is not None else request.POST.get("text", "").encode()
    try:
        cells = read_cells(data)
    except TableError as error:
        return JsonResponse({"lines": [], "faults": [str(error)]}, status=422)
    if len(cells) > 2 * MAX_CHOICES:
        message = gettext("The table has more than %(most)d rows. Split it up.") % {"most": 2 * MAX_CHOICES}
        return JsonResponse({"lines": [], "faults": [message]}, status=422)
    return JsonResponse(read_lines(cells, parents_of(request.POST.get("parents", ""))).to_json())


def parents_of(text: str) -> dict[str, str]:
    """Code → label of the question that filters, as the grid sends them; none for anything else."""
    try:
        given: Any = json.loads(text or "{}")
    except ValueError:
        return {}
    if not isinstance(given, dict):
        return {}
    return {str(code): label for code, label in list(given.items())[:MAX_CHOICES] if isinstance(label, str)}
