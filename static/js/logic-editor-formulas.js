// Between JsonLogic and the patterns in which calculations are made by clicking. Pure, both ways.
//
// chain    {pattern, terms: [{op, operand}]}       worked out from left to right; the first has no op
// total    {pattern, parts: [operand]}
// column   {pattern, operand}                      an operand of kind "column"
// percent  {pattern, first, second}
// last     {pattern, now, before}
// between  {pattern, from, to}
// shift    {pattern, date, count, unit}            unit: days, months
// if       {pattern, cases: [{when, then}], otherwise}
// text     {pattern, parts: [operand]}
// take     {pattern, operand}

import {
  constant,
  emptyGroup,
  parts,
  question,
  readCondition,
  readOperand,
  writeCondition,
  writeOperand,
} from "./logic-editor-expressions.js";

export const PATTERNS = ["chain", "total", "column", "percent", "last", "between", "shift", "if", "text", "take"];
export const ARITHMETIC = ["+", "-", "*", "/"];

export function emptyFormula(pattern) {
  return {
    chain: { pattern, terms: [{ operand: null }, { op: "+", operand: null }] },
    total: { pattern, parts: [] },
    column: { pattern, operand: { kind: "column", how: "sum", table: null, column: null, filter: null } },
    percent: { pattern, first: null, second: null },
    last: { pattern, now: null, before: null },
    between: { pattern, from: null, to: null },
    shift: { pattern, date: null, count: constant(1), unit: "days" },
    if: { pattern, cases: [{ when: emptyGroup(), then: null }], otherwise: null },
    text: { pattern, parts: [null] },
    take: { pattern, operand: null },
  }[pattern];
}

const isScope = (operand, scope) => operand?.kind === "question" && operand.scope === scope;
const complete = (found) => (Object.values(found).includes(null) ? null : found);

function readChain(rule) {
  const [name, args] = parts(rule);
  if (!ARITHMETIC.includes(name) || args.length < 2) return null;
  const first = readOperand(args[0]);
  const start = first ? [{ operand: first }] : readChain(args[0]);
  const rest = args.slice(1).map((one) => ({ op: name, operand: readOperand(one) }));
  return start && rest.every((term) => term.operand) ? [...start, ...rest] : null;
}

function readDifference(args) {
  if (args.length !== 2) return null;
  const [now, before] = args.map(readOperand);
  return isScope(now, "answers") && isScope(before, "last") ? { pattern: "last", now, before } : null;
}

function readPercent(args) {
  if (args.length !== 2 || args[1] !== 100) return null;
  const [name, inner] = parts(args[0]);
  if (name !== "/" || inner.length !== 2) return null;
  const [first, second] = inner.map(readOperand);
  return complete({ pattern: "percent", first, second });
}

function readShift(name, args) {
  if (args.length !== 2) return null;
  const [date, count] = args.map(readOperand);
  return complete({ pattern: "shift", date, count, unit: name.replace("add_", "") });
}

const readValue = (rule) => (rule === null ? constant(null) : readOperand(rule));

function readIf(args) {
  const cases = [];
  for (let at = 0; at + 1 < args.length; at += 2) {
    const found = { when: readCondition(args[at]), then: readValue(args[at + 1]) };
    if (!found.when || !found.then) return null;
    cases.push(found);
  }
  const otherwise = args.length % 2 ? readValue(args.at(-1)) : constant(null);
  return cases.length && otherwise ? { pattern: "if", cases, otherwise } : null;
}

function readText(args) {
  const found = args.map(readOperand);
  return found.every(Boolean) ? { pattern: "text", parts: found } : null;
}

// The formula that a rule describes; null for one that cannot be shown by clicking.
export function readFormula(rule) {
  const [name, args] = parts(rule);
  if (name === "if") return readIf(args);
  if (name === "concat") return readText(args);
  if (name === "days_between" && args.length === 2) {
    const [from, to] = args.map(readOperand);
    return complete({ pattern: "between", from, to });
  }
  const known = (name === "-" && readDifference(args)) || (name === "*" && readPercent(args));
  if (known) return known;
  if (name === "add_days" || name === "add_months") return readShift(name, args);
  const operand = name === null ? null : readOperand(rule);
  if (operand?.kind === "column") return { pattern: "column", operand };
  if (operand?.kind === "total") return { pattern: "total", parts: operand.parts };
  if (operand) return { pattern: "take", operand };
  const terms = readChain(rule);
  return terms ? { pattern: "chain", terms } : null;
}

function writeChain([first, ...rest]) {
  return rest.reduce((rule, term) => ({ [term.op]: [rule, writeOperand(term.operand)] }), writeOperand(first.operand));
}

export function writeFormula(formula) {
  switch (formula.pattern) {
    case "chain":
      return writeChain(formula.terms);
    case "total":
      return writeOperand({ kind: "total", parts: formula.parts });
    case "percent":
      return { "*": [{ "/": [writeOperand(formula.first), writeOperand(formula.second)] }, 100] };
    case "last":
      return { "-": [writeOperand(formula.now), writeOperand(formula.before)] };
    case "between":
      return { days_between: [writeOperand(formula.from), writeOperand(formula.to)] };
    case "shift":
      return { [`add_${formula.unit}`]: [writeOperand(formula.date), writeOperand(formula.count)] };
    case "if":
      return {
        if: [
          ...formula.cases.flatMap((one) => [writeCondition(one.when), writeOperand(one.then)]),
          writeOperand(formula.otherwise),
        ],
      };
    case "text":
      return { concat: formula.parts.map(writeOperand) };
    default:
      return writeOperand(formula.operand);
  }
}

// The same question of the last accepted report.
export const sameOfLast = (operand) => (operand ? question("last", operand.key) : null);
