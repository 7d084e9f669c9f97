"""Changing the document, one block at a time: with htmx its section comes back, without it the page at its place."""

from collections.abc import Mapping
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from forms.reporting.rollups.editing import Reworded, leave_out, move, reword, write
from forms.reporting.rollups.enums import BlockKind
from forms.reporting.rollups.errors import RollUpRefusedError, StaleError
from forms.reporting.rollups.forms import LONGEST_TEXT, WriteForm
from forms.reporting.rollups.models import Block, RollUp
from forms.reporting.rollups.reading import Shown, section_with, told_by_block
from forms.reporting.rollups.views.people import one_block, one_rollup


@login_required
@require_POST
def block_change(request: HttpRequest, pk: int, block_pk: int) -> HttpResponse:
    """Leave it out, take it in again, move it."""
    user, rollup, block = one_block(request, pk, block_pk)
    wanted = request.POST.get("do", "")
    try:
        match wanted:
            case "out" | "in":
                block = leave_out(user=user, block=block, left_out=wanted == "out")
            case "up" | "down":
                block = move(user=user, block=block, up=wanted == "up")
    except RollUpRefusedError as refusal:
        messages.error(request, str(refusal))
        return back(request, rollup, block)
    return changed(request, rollup, block, whole=wanted in {"up", "down"} or block.kind == BlockKind.HEADING)


@login_required
@require_http_methods(["GET", "POST"])
def block_edit(request: HttpRequest, pk: int, block_pk: int) -> HttpResponse:
    """The words of a block, sentence by sentence; what it said when it was compiled stands beside them."""
    user, rollup, block = one_block(request, pk, block_pk)
    shown = told_by_block([block])[block.pk]
    context: dict[str, Any] = {"rollup": rollup, "block": block, "revision": block.revision}
    if request.method == "POST":
        given = _given(request.POST, shown)
        heading = request.POST.get("heading")
        revision = request.POST.get("revision", "")
        try:
            reword(
                user=user,
                block=block,
                revision=int(revision) if revision.isdecimal() else 0,
                words=given,
                text=heading[:300] if heading is not None else None,
            )
        except StaleError as refusal:
            context |= {"refusal": str(refusal), "is_stale": True}
        except RollUpRefusedError as refusal:
            context |= {"refusal": str(refusal)}
        else:
            return changed(request, rollup, block)
        context |= {"lines": _lines(shown, given), "heading": heading}
    else:
        context |= {"lines": _lines(shown, {}), "heading": block.text}
    return _shown(request, "rollups/edit", context, failed="refusal" in context)


@login_required
@require_http_methods(["GET", "POST"])
def block_write(request: HttpRequest, pk: int, block_pk: int) -> HttpResponse:
    """A paragraph of the compiler's own, behind a block."""
    user, rollup, block = one_block(request, pk, block_pk)
    form = WriteForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            made = write(user=user, rollup=rollup, after=block, text=form.cleaned_data["text"])
        except RollUpRefusedError as refusal:
            form.add_error("text", str(refusal))
        else:
            return changed(request, rollup, made)
    return _shown(request, "rollups/write", {"rollup": rollup, "block": block, "form": form}, failed=bool(form.errors))


@login_required
@require_GET
def block_show(request: HttpRequest, pk: int, block_pk: int) -> HttpResponse:
    """The block as it stands, for whoever began to change it and thought better of it; nothing behind a new one."""
    _user, rollup, block = one_block(request, pk, block_pk)
    return HttpResponse("") if "new" in request.GET else changed(request, rollup, block)


@login_required
@require_GET
def block_sources(request: HttpRequest, pk: int, block_pk: int) -> HttpResponse:
    """Every report behind a block, with what each contributes and how it stands."""
    _user, rollup = one_rollup(request, pk)
    block = rollup.blocks.filter(pk=block_pk).first()
    if block is None:
        return redirect("rollups:detail", pk=pk)
    context = {"rollup": rollup, "block": block, "it": block, "shown": told_by_block([block])[block.pk]}
    template = "rollups/sources_list.html" if _is_htmx(request) else "rollups/sources.html"
    return render(request, template, context)


def changed(request: HttpRequest, rollup: RollUp, block: Block, *, whole: bool = False) -> HttpResponse:
    """The answer to a change: with htmx the block (or its whole section) as it stands now, else the page."""
    section = section_with(rollup, block) if _is_htmx(request) else None
    if section is None:
        return back(request, rollup, block)
    context: dict[str, Any] = {"rollup": rollup, "section": section, "may_change": True}
    if whole:
        return render(request, "rollups/section.html", context)
    if block.kind == BlockKind.HEADING:
        return render(request, "rollups/heading.html", context | {"block": section.heading})
    shown = next(one for one in section.blocks if one.block.pk == block.pk)
    edges = {"is_first": shown is section.blocks[0], "is_last": shown is section.blocks[-1]}
    return render(request, "rollups/block.html", context | edges | {"shown": shown, "block": shown.block})


def back(request: HttpRequest, rollup: RollUp, block: Block) -> HttpResponse:
    """The page, at the block."""
    address = f"{reverse('rollups:detail', args=[rollup.pk])}#block-{block.pk}"
    if _is_htmx(request):
        return HttpResponse(headers={"HX-Refresh": "true"})  # with the message that waits for the page
    return redirect(address)


def _is_htmx(request: HttpRequest) -> bool:
    return bool(request.headers.get("HX-Request"))


def _shown(request: HttpRequest, name: str, context: dict[str, Any], *, failed: bool) -> HttpResponse:
    """The form in its place, or on a page of its own; htmx puts nothing in place that is not a success."""
    if not _is_htmx(request):
        # Inside {% block %} Django has another thing of that name.
        return render(request, f"{name}.html", context | {"it": context["block"]}, status=422 if failed else 200)
    return render(request, f"{name}_form.html", context)


def _given(data: Mapping[str, Any], shown: Shown) -> dict[int, Reworded]:
    """What was sent for the sentences of the block; nothing for one that the page did not show."""
    if shown.block.kind == BlockKind.HEADING:
        return {}
    numbers = [told.sentence.pk for told in (*shown.told, *shown.left)]
    return {
        number: Reworded(str(data[f"text-{number}"])[:LONGEST_TEXT], f"in-{number}" in data)
        for number in numbers
        if f"text-{number}" in data
    }


def _lines(shown: Shown, given: Mapping[int, Reworded]) -> list[dict[str, Any]]:
    """The sentences as they were typed, or as they stand."""
    told = sorted((*shown.told, *shown.left), key=lambda one: (one.sentence.position, one.sentence.pk))
    lines = []
    for one in told:
        typed = given.get(one.sentence.pk)
        text = typed.text if typed else one.sentence.text
        is_in = typed.is_in if typed else not one.sentence.left_out
        differs = typed is not None and (text != one.sentence.text or is_in == one.sentence.left_out)
        lines.append({"told": one, "text": text, "is_in": is_in, "differs": differs})
    return lines
