// What the form asks as it stands in the editor, saved or not: its questions with their numbers, sections and pages.
//
// question  {key, type, label, kind, number, section, page, choices, columns, table}
// kind      what its answer is in expressions (forms.builder.fields.base.LogicType), null where it has none

import { shared } from "./logic-editor-shared.js";

function parsed(text) {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}

// Choices come as lines of a list ({value, id}) or as JSON ([{code, label, retired}]).
export function choicesOf(given) {
  const lines = typeof given === "string" ? parsed(given) : given;
  const list = Array.isArray(lines) ? lines : Array.isArray(lines?.choices) ? lines.choices : [];
  return list
    .filter((one) => one && typeof one === "object")
    .map((one) => ("code" in one ? one : { code: one.id, label: one.value }))
    .map(({ code, label, retired }) => ({ code: String(code ?? ""), label: String(label ?? ""), retired: Boolean(retired) }));
}

function kindOf(type, settings, types) {
  if (type === "calculated") return [settings.result].flat()[0] || "number";
  return types[type]?.kind ?? null;
}

function booleanChoices(settings) {
  return [{ code: true }, { code: false }, ...(settings.na ? [{ code: "na" }] : [])];
}

function questionOf({ id, type, value }, types, table = null) {
  const settings = value ?? {};
  const kind = kindOf(type, settings, types);
  return {
    key: id,
    type,
    kind,
    table,
    label: String(settings.label ?? "").trim(),
    settings,
    choices: kind === "boolean" ? booleanChoices(settings) : choicesOf(settings.choices),
    most: type === "rating" ? Number(settings.most) || 5 : null,
    columns: [],
  };
}

// The outline of a stream's state: [{type, id, value}].
export function outlineOf(stream, types) {
  const questions = [];
  const place = { page: 1, section: "" };
  let number = 0;
  for (const block of stream) {
    const one = questionOf(block, types);
    if (one.type === "page_break") Object.assign(place, { page: place.page + 1, section: one.label });
    if (one.type === "section") place.section = one.label;
    if (types[one.type]?.answers) number += 1;
    one.number = types[one.type]?.answers ? number : null;
    one.columns = (one.settings.columns ?? []).map((column) => questionOf(column, types, one));
    questions.push(Object.assign(one, place));
  }
  return { questions, ...indexed(questions) };
}

function indexed(questions) {
  const byKey = new Map(questions.map((one) => [one.key, one]));
  const names = questions.map((one) => one.label);
  return {
    find: (key) => byKey.get(key),
    column: (table, key) => byKey.get(table)?.columns.find((one) => one.key === key),
    isRepeated: (label) => names.filter((one) => one === label).length > 1,
  };
}

// The stream of the page's editor, as its blocks say it is now.
export function streamState(name = "form_fields") {
  const root = document.getElementById(`${name}-root`)?.rootBlock;
  return root ? root.getState() : [];
}

export function currentOutline() {
  return outlineOf(streamState(), shared.types);
}

// Where an element stands: the key of its question and, for a column, of its table.
export function placeOf(element) {
  const child = element.closest("[data-streamfield-child][data-contentpath]");
  const outer = child?.parentElement.closest("[data-streamfield-child][data-contentpath]");
  return { key: child?.dataset.contentpath ?? null, table: outer?.dataset.contentpath ?? null };
}
