// Runs test vectors in JavaScript: JSON from standard input, results to standard output, in the same order.
"use strict";

const operators = require("../../static/js/logic-operators.js");
const { stateOf } = require("../../static/js/logic-state.js");
const { readFileSync } = require("node:fs");
const { join } = require("node:path");
const { Regions } = require("../../static/js/region-list.js");
const { readAnswer } = require("../../static/js/logic-reading.js");

function evaluated({ rule, data }) {
  try {
    return { result: operators.evaluate(rule, data ?? {}) };
  } catch (error) {
    return { error: String(error) };
  }
}

function worked({ payload, answers }) {
  const state = stateOf(payload, answers);
  return {
    hidden: [...state.hidden],
    disabled: [...state.disabled],
    required: [...state.required],
    values: state.values,
    findings: state.findings.map(({ rule, path }) => [rule.key, path]),
    notices: Object.keys(state.notices),
    totals: state.totals,
  };
}

const regions = new Regions(JSON.parse(readFileSync(join(__dirname, "../../static/vendor/regions/regions.json"), "utf8")));

const read = ({ kind, text, reading }) => ({ result: readAnswer({ kind, reading: { ...reading, regions } }, [text]) });

let text = "";
process.stdin.setEncoding("utf8");
process.stdin.on("data", (part) => (text += part));
process.stdin.on("end", () => {
  const { values = [], forms = [], reading = [] } = JSON.parse(text);
  const found = { values: values.map(evaluated), forms: forms.map(worked), reading: reading.map(read) };
  process.stdout.write(JSON.stringify(found));
});
