// Between JsonLogic (docs/adr/0008) and what the dialogues show: operands and conditions. Pure, both ways; what cannot
// be shown reads as null and is then left alone.
//
// operand   {kind: "question", scope: "answers" | "row" | "last" | "item", key}
//           {kind: "today", shift: days}
//           {kind: "constant", value}
//           {kind: "column", how, table, column, filter}   how: sum, average, least, greatest, count (column: null)
//           {kind: "total", parts: [operand]}
// row       {left: operand, op, right: operand | null}     one_of, none_of: right is a constant list
// group     {join: "and" | "or", rows: [row | group]}      one level of groups within the outermost

export const HOW = ["sum", "average", "least", "greatest", "count"];

const COMPARED = { "===": "is", "!==": "is_not", "<": "less", "<=": "at_most", ">": "more", ">=": "at_least" };
const WRITTEN = Object.fromEntries(Object.entries(COMPARED).map(([name, op]) => [op, name]));
const KEY = /^[A-Za-z0-9_-]{1,64}$/;
const PATH = /^(answers|row|last)\.([A-Za-z0-9_-]{1,64})$/;

export function isCall(rule) {
  return rule !== null && typeof rule === "object" && !Array.isArray(rule) && Object.keys(rule).length === 1;
}

// [operator, arguments], or [null, []] for what is no expression.
export function parts(rule) {
  if (!isCall(rule)) return [null, []];
  const [name] = Object.keys(rule);
  return [name, Array.isArray(rule[name]) ? rule[name] : [rule[name]]];
}

export function isConstant(value) {
  return ["string", "number", "boolean"].includes(typeof value);
}

export const question = (scope, key) => ({ kind: "question", scope, key });
export const constant = (value) => ({ kind: "constant", value });
export const today = (shift = 0) => ({ kind: "today", shift });
export const emptyGroup = () => ({ join: "and", rows: [emptyRow()] });
export const emptyRow = () => ({ left: null, op: "is", right: null });

// --- operands --------------------------------------------------------------------------------------------------------

function readVariable(args) {
  if (args.length !== 1 || typeof args[0] !== "string") return null;
  if (args[0] === "context.today") return today();
  const path = PATH.exec(args[0]);
  if (path) return question(path[1], path[2]);
  return KEY.test(args[0]) ? question("item", args[0]) : null;
}

function readRows(rule) {
  const [name, args] = parts(rule);
  if (name === "filter" && args.length === 2) {
    const table = readVariable(parts(args[0])[0] === "var" ? parts(args[0])[1] : []);
    const filter = readCondition(args[1]);
    return table?.scope === "answers" && filter ? { table: table.key, filter } : null;
  }
  const table = name === "var" ? readVariable(args) : null;
  return table?.scope === "answers" ? { table: table.key, filter: null } : null;
}

function readAggregate(how, args) {
  if (args.length === 1) {
    const [name, inner] = parts(args[0]);
    if (name === "map" && inner.length === 2 && how !== "count") {
      const rows = readRows(inner[0]);
      const column = readOperand(inner[1]);
      return rows && column?.scope === "item" ? { kind: "column", how, column: column.key, ...rows } : null;
    }
    const rows = how === "count" ? readRows(args[0]) : null;
    return rows ? { kind: "column", how, column: null, ...rows } : null;
  }
  const summands = how === "sum" ? args.map(readOperand) : [];
  const all = summands.length > 1 && summands.every((one) => one?.kind === "question");
  return all ? { kind: "total", parts: summands } : null;
}

export function readOperand(rule) {
  if (isConstant(rule)) return constant(rule);
  const [name, args] = parts(rule);
  if (name === "var") return readVariable(args);
  if (name === "add_days" && args.length === 2 && Number.isInteger(args[1])) {
    const start = readOperand(args[0]);
    return start?.kind === "today" && start.shift === 0 && args[1] !== 0 ? today(args[1]) : null;
  }
  return HOW.includes(name) ? readAggregate(name, args) : null;
}

function writeAggregate({ how, table, column, filter }) {
  const all = { var: `answers.${table}` };
  const rows = filter ? { filter: [all, writeCondition(filter)] } : all;
  return { [how]: [how === "count" ? rows : { map: [rows, { var: column }] }] };
}

export function writeOperand(operand) {
  switch (operand.kind) {
    case "constant":
      return operand.value;
    case "today": {
      const now = { var: "context.today" };
      return operand.shift ? { add_days: [now, operand.shift] } : now;
    }
    case "column":
      return writeAggregate(operand);
    case "total":
      return { sum: operand.parts.map(writeOperand) };
    default:
      return { var: operand.scope === "item" ? operand.key : `${operand.scope}.${operand.key}` };
  }
}

// --- conditions ------------------------------------------------------------------------------------------------------

function readMember([one, other]) {
  if (Array.isArray(other)) {
    const left = readOperand(one);
    const fits = left && left.kind !== "constant" && other.every(isConstant);
    return fits ? { left, op: "one_of", right: constant([...other]) } : null;
  }
  const [left, right] = [readOperand(other), readOperand(one)];
  return left?.kind === "question" && right ? { left, op: "contains", right } : null;
}

function readPlainRow(name, args) {
  if (name in COMPARED && args.length === 2) {
    const [left, right] = args.map(readOperand);
    return left && right && left.kind !== "constant" ? { left, op: COMPARED[name], right } : null;
  }
  if (name === "blank" && args.length === 1) {
    const left = readOperand(args[0]);
    return left && left.kind !== "constant" ? { left, op: "blank", right: null } : null;
  }
  if (name === "contains" && args.length === 2) {
    const [left, right] = args.map(readOperand);
    return left?.kind === "question" && right ? { left, op: "contains", right, list: true } : null;
  }
  return name === "in" && args.length === 2 ? readMember(args) : null;
}

const CONTRARY = { blank: "given", contains: "contains_not", one_of: "none_of" };

function readRow(rule) {
  const [name, args] = parts(rule);
  if (name !== "!" || args.length !== 1) return readPlainRow(name, args);
  const row = readRow(args[0]);
  return row && row.op in CONTRARY ? { ...row, op: CONTRARY[row.op] } : null;
}

function readGroup(rule, depth) {
  const [name, args] = parts(rule);
  if (!["and", "or"].includes(name) || !args.length || depth > 1) return null;
  const rows = args.map((one) => readRow(one) ?? readGroup(one, depth + 1));
  return rows.every(Boolean) ? { join: name, rows } : null;
}

// The group that a rule describes; one comparison alone is a group of one.
export function readCondition(rule) {
  const row = readRow(rule);
  return row ? { join: "and", rows: [row] } : readGroup(rule, 0);
}

const not = (rule) => ({ "!": [rule] });

function writeRow(row) {
  const left = writeOperand(row.left);
  const right = row.right === null ? null : writeOperand(row.right);
  const holds = row.list ? { contains: [left, right] } : { in: [right, left] };
  switch (row.op) {
    case "blank":
      return { blank: [left] };
    case "given":
      return not({ blank: [left] });
    case "one_of":
      return { in: [left, right] };
    case "none_of":
      return not({ in: [left, right] });
    case "contains":
      return holds;
    case "contains_not":
      return not(holds);
    default:
      return { [WRITTEN[row.op]]: [left, right] };
  }
}

export function writeCondition(group) {
  const rules = group.rows.map((one) => (one.rows ? writeCondition(one) : writeRow(one)));
  return rules.length === 1 ? rules[0] : { [group.join]: rules };
}

// Every question that a rule names: [{scope, key}], for a column "answers" of its table and "item" of itself.
export function references(rule, found = []) {
  if (Array.isArray(rule)) rule.forEach((one) => references(one, found));
  else if (rule !== null && typeof rule === "object") {
    for (const [name, value] of Object.entries(rule)) {
      const operand = name === "var" ? readVariable(parts({ var: value })[1]) : null;
      if (operand?.kind === "question") found.push({ scope: operand.scope, key: operand.key });
      else references(value, found);
    }
  }
  return found;
}
