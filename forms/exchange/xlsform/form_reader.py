"""An XLSForm workbook as a form of ours."""

from django.utils.translation import gettext as _

from forms.builder.schema import FormSchema, RuleSchema, SchemaError
from forms.exchange.builder_checks import as_built
from forms.exchange.imported import ImportedForm, ImportRefusedError
from forms.exchange.xlsform.choice_lists import ChoiceLists
from forms.exchange.xlsform.findings import Findings
from forms.exchange.xlsform.headings import SheetReader, chosen_language
from forms.exchange.xlsform.names import INTRO
from forms.exchange.xlsform.planning import Planner
from forms.exchange.xlsform.portal_sheet import FORM, VERSION, Entry, entries_of
from forms.exchange.xlsform.question_reader import QuestionReader
from forms.exchange.xlsform.rule_book import RuleBook
from forms.exchange.xlsform.scoping import scope_of_planned
from forms.exchange.xlsform.sheet_process import TooLongError, UnreadableError, sheets_in
from forms.exchange.xlsform.sheets import mark
from forms.exchange.xlsform.tree import tree_of

NEEDED = ("type", "name")
NOT_TAKEN = {"external_choices", "entities", "osm"}
SETTINGS_NOT_TAKEN = ("public_key", "submission_url", "instance_name", "auto_send", "auto_delete")
Rows = list[list[str]]


def read_xlsform(data: bytes) -> ImportedForm:
    """The form that the workbook describes; ImportRefusedError if it describes none."""
    try:
        found = sheets_in(data)
    except UnreadableError as error:
        raise ImportRefusedError(_("The file cannot be read as an Excel workbook (.xlsx).")) from error
    except TooLongError as error:
        message = _("The sheet “%(sheet)s” has more rows than any form needs.")
        raise ImportRefusedError(message % {"sheet": error}) from error
    return FormReader(found["sheets"], found["names"], found["pyxform"]).read()


class FormReader:
    """Reads one workbook."""

    def __init__(self, sheets: dict[str, Rows], names: list[str], complaint: str) -> None:
        self.sheets, self.names, self.complaint = sheets, names, complaint
        self.findings = Findings()
        self.settings = settings_of(sheets.get("settings", []))
        self.entries = portal_entries(sheets.get("portal", []))

    def read(self) -> ImportedForm:
        """All of it."""
        self.check_portal()
        survey = self.survey_sheet()
        language = chosen_language(survey.languages(), self.settings.get("default_language", ""))
        lines = survey.lines(language)
        nodes = tree_of(lines)
        self.check_standard()
        choices = SheetReader(self.sheets.get("choices", []), "choices", self.findings)
        lists = ChoiceLists(choices.lines(language))
        self.name_languages(survey, language)
        self.name_sheets()
        plan = Planner(self.entries, self.findings).plan(nodes)
        rules = RuleBook(self.rules())
        reader = QuestionReader(scope_of_planned(plan, lists), lists, rules, self.findings)
        fields = reader.read_all(plan)
        paths = {one.key for one in fields} | {f"{one.key}.{column.key}" for one in fields for column in one.columns}
        written = {str(entry["field"].get("key")) for entry in self.entries.values() if "field" in entry}
        for rule in rules.left_behind(paths, written):
            sentence = _("the check “%(message)s” has gone with its question.") % {"message": rule.message}
            self.findings.warn(sentence, column="json", sheet="portal")
        intro_line = next((line for line in lines if line.get("name") == INTRO), None)
        intro = self.intro(intro_line.cells if intro_line else {})
        built, changed = as_built(FormSchema(self.title(), intro, fields, tuple(rules.rules.values())))
        return ImportedForm(
            built,
            self.settings.get("form_id", ""),
            tuple(self.findings.unsupported),
            (*self.findings.warnings, *changed),
        )

    # --- checks -----------------------------------------------------------------------------------------------------

    def survey_sheet(self) -> SheetReader:
        """The sheet of questions; ImportRefusedError if it is not there."""
        rows = self.sheets.get("survey", [])
        if not rows:
            there = "、".join(self.names) or "—"
            message = _("The workbook has no sheet “survey” with questions; its sheets are: %(names)s.")
            raise ImportRefusedError(message % {"names": there})
        sheet = SheetReader(rows, "survey", self.findings)
        missing = [column for column in NEEDED if column not in sheet.columns]
        if missing:
            message = _("The first row of the sheet “survey” must have the columns %(columns)s.")
            raise ImportRefusedError(message % {"columns": "、".join(missing)})
        return sheet

    def check_portal(self) -> None:
        """Refuse what a newer portal wrote."""
        version = self.entries.get(FORM, {}).get("version", VERSION)
        if isinstance(version, int) and version > VERSION:
            raise ImportRefusedError(_("The workbook was written by a newer portal than this."))

    def check_standard(self) -> None:
        """Refuse what pyxform, the standard's own reader, refuses."""
        if self.complaint:
            message = _("The workbook is no valid XLSForm. The reader of the standard says: %(complaint)s")
            raise ImportRefusedError(message % {"complaint": self.complaint})

    # --- what is left out as a whole --------------------------------------------------------------------------------

    def name_languages(self, survey: SheetReader, language: str) -> None:
        """The translations that were not taken."""
        others = [one for one in survey.languages() if one and one != language]
        if others:
            sentence = _("translations were left out: the portal's forms have one language.")
            self.findings.leave_out(sentence, column="、".join(others))

    def name_sheets(self) -> None:
        """Sheets and settings that the portal has nothing for."""
        for name in sorted(NOT_TAKEN & {name for name, rows in self.sheets.items() if rows}):
            self.findings.leave_out(_("the portal has nothing for this sheet."), sheet=name)
        for name in SETTINGS_NOT_TAKEN:
            if self.settings.get(name):
                self.findings.leave_out(_("the portal has nothing for this setting."), column=name, sheet="settings")

    # --- the form itself --------------------------------------------------------------------------------------------

    def unchanged(self, name: str, cells: dict[str, str], column: str) -> bool:
        """Whether a cell is as the portal wrote it."""
        written = self.entries.get(name, {}).get("written", {})
        text = cells.get(column, "")
        return name in self.entries and (mark([text]) if text else "") == written.get(column, "")

    def title(self) -> str:
        """The form's title."""
        own = self.entries.get(FORM, {}).get("title")
        if isinstance(own, str) and own and self.unchanged(FORM, self.settings, "form_title"):
            return own
        return self.settings.get("form_title") or self.settings.get("form_id") or _("Imported form")

    def intro(self, row: dict[str, str]) -> str:
        """The introduction; an empty form's placeholder is none."""
        own = self.entries.get(FORM, {}).get("intro")
        if isinstance(own, str) and (self.unchanged(INTRO, row, "label") or (INTRO not in self.entries and not row)):
            return own
        return row.get("label", "")

    def rules(self) -> tuple[RuleSchema, ...]:
        """The checks that the portal wrote."""
        given = self.entries.get(FORM, {}).get("rules", [])
        try:
            return tuple(RuleSchema.from_json(one) for one in given)
        except (SchemaError, TypeError):
            return ()


def settings_of(rows: Rows) -> dict[str, str]:
    """The sheet settings: headings over one row of values."""
    if len(rows) < 2:
        return {}
    names = [cell.strip().casefold().replace(" ", "_").removeprefix("set_") for cell in rows[0]]
    return {name: cell for name, cell in zip(names, rows[1], strict=False) if name and cell}


def portal_entries(rows: Rows) -> dict[str, Entry]:
    """The portal's own sheet."""
    columns: list[str] = rows[0] if rows else []
    return entries_of(dict(zip(columns, row, strict=False)) for row in rows[1:])
