"""Runs the editor's scripts that need no page."""

import json
import shutil
import subprocess
from typing import Any

from django.utils import translation

from forms.builder.editor.words import shared
from tests.browser.portal import ROOT

SCRIPTS = ROOT / "static" / "js"
HARNESS = """
import * as expressions from "{scripts}/logic-editor-expressions.js";
import * as formulas from "{scripts}/logic-editor-formulas.js";
import {{ outlineOf }} from "{scripts}/logic-editor-outline.js";
import {{ Speaker }} from "{scripts}/logic-editor-words.js";

let text = "";
for await (const part of process.stdin) text += part;
const {{ calls, given, stream, table }} = JSON.parse(text);
const outline = outlineOf(stream, given.types);
const speaker = new Speaker(outline, outline.find(table) ?? null, given);
const rewritten = (read, write) => (rule) => {{
  const found = read(rule);
  return found && {{ rule: write(found), pattern: found.pattern ?? null }};
}};
const known = {{
  condition: rewritten(expressions.readCondition, expressions.writeCondition),
  formula: rewritten(formulas.readFormula, formulas.writeFormula),
  said: ([slot, rule]) => speaker.rule(slot, rule),
  broken: (rule) => speaker.brokenIn(rule).map(({{ key }}) => key),
  titles: () => outline.questions.map((one) => speaker.title(one, {{ numbered: true }})),
  choices: () => outline.questions.map((one) => one.choices),
}};
console.log(JSON.stringify(calls.map(([name, argument]) => known[name](argument) ?? null)));
"""


def run(
    calls: list[tuple[str, Any]],
    *,
    stream: list[dict[str, Any]] | None = None,
    table: str = "",
    language: str = "en",
) -> list[Any]:
    """What the scripts answer to each (name, argument), for a form with this stream of blocks."""
    program = shutil.which("node")
    assert program, "node is missing: apt-get install nodejs"
    with translation.override(language):
        given = json.loads(json.dumps(shared(), default=str))
    sent = {"calls": calls, "given": given, "stream": stream or [], "table": table}
    command = [program, "--no-warnings", "--input-type=module", "--eval", HARNESS.format(scripts=SCRIPTS.as_uri())]
    done = subprocess.run(command, input=json.dumps(sent), capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    found: list[Any] = json.loads(done.stdout)
    return found
