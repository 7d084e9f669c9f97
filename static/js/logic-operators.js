// The operators of expressions, put into json-logic-js: forms/builder/logic/operators/ has the same for the server.
//
// json-logic-js evaluates some operators by itself (if, and, or, map, filter, …) and the parts of all others before it
// calls them. `apply` is therefore wrapped: operators that decide which parts are evaluated, or with which row at hand,
// are ours; the rest goes on to json-logic-js, which calls the functions registered here.
(function (root, make) {
  if (typeof module === "object" && module.exports) {
    module.exports = make(require("../vendor/json-logic/logic.js"), require("./logic-values.js"));
  } else root.logicOperators = make(root.jsonLogic, root.logicValues);
})(globalThis, function (jsonLogic, values) {
  "use strict";

  const { number, exact, plus, rounded, asText, holds, isBlank, isRow, same, order } = values;
  const SPACES = ["answers", "row", "last", "context"];
  const MOST_DEPTH = 40;
  const MOST_NODES = 2000;

  // Name → how many parts it takes.
  const PARTS = {
    ...{ var: [0, 2], "===": [2, 2], "==": [2, 2], "!==": [2, 2], "!=": [2, 2], "<": [2, 3], "<=": [2, 3] },
    ...{ ">": [2, 2], ">=": [2, 2], blank: [1, 1], in: [2, 2], contains: [2, 2], "!": [1, 1], "!!": [1, 1] },
    ...{ and: [1], or: [1], if: [1], "+": [1], "-": [1, 2], "*": [1], "/": [2, 2], "%": [2, 2], min: [1], max: [1] },
    ...{ round: [1, 2], sum: [1], average: [1], least: [1], greatest: [1], count: [1], map: [2, 2], filter: [2, 2] },
    ...{ reduce: [2, 3], all: [2, 2], some: [2, 2], none: [2, 2], length: [1, 1], concat: [1], cat: [1] },
    ...{ days_between: [2, 2], add_days: [2, 2], add_months: [2, 2], year_of: [1, 1], month_of: [1, 1], day_of: [1, 1] },
  };

  const evaluatePlainly = jsonLogic.apply.bind(jsonLogic);

  function partsOf(rule) {
    const [parts] = Object.values(rule);
    return Array.isArray(parts) ? parts : [parts];
  }

  // --- operators that decide what is evaluated ----------------------------------------------------------------------

  const paths = new Map();

  function pathOf(text) {
    if (!paths.has(text)) {
      const names = text === "" ? [] : text.split(".");
      paths.set(text, { names, isRooted: names.length > 1 && SPACES.includes(names[0]) });
    }
    return paths.get(text);
  }

  function read(parts, scope) {
    const { names, isRooted } = pathOf(parts[0] ?? "");
    let found = scope.items.length && !isRooted ? scope.items[scope.items.length - 1] : scope.data;
    for (const name of names) found = isRow(found) && Object.hasOwn(found, name) ? found[name] : null;
    found = found ?? null;
    return found === null && parts.length > 1 ? jsonLogic.apply(parts[1], scope) : found;
  }

  function compare(parts, scope, wanted) {
    const [one, other] = parts.map((part) => jsonLogic.apply(part, scope));
    if (parts.includes(null)) return (isBlank(one) && isBlank(other)) === wanted;
    return one === null || other === null ? null : same(one, other) === wanted;
  }

  function all(parts, scope) {
    let untold = false;
    let found = null;
    for (const part of parts) {
      found = jsonLogic.apply(part, scope);
      if (found === null) untold = true;
      else if (!holds(found)) return found;
    }
    return untold ? null : found;
  }

  function any(parts, scope) {
    let untold = false;
    let found = null;
    for (const part of parts) {
      found = jsonLogic.apply(part, scope);
      if (holds(found)) return found;
      untold = untold || found === null;
    }
    return untold ? null : found;
  }

  function decide(parts, scope) {
    const last = parts.length - 1;
    for (let place = 0; place < last; place += 2) {
      if (holds(jsonLogic.apply(parts[place], scope))) return jsonLogic.apply(parts[place + 1], scope);
    }
    return last % 2 === 0 ? jsonLogic.apply(parts[last], scope) : null;
  }

  function itemsOf(part, scope) {
    const found = jsonLogic.apply(part, scope);
    return Array.isArray(found) ? found : [];
  }

  function withItem(item, part, scope) {
    scope.items.push(item);
    try {
      return jsonLogic.apply(part, scope);
    } finally {
      scope.items.pop();
    }
  }

  function reduce(parts, scope) {
    let found = parts.length > 2 ? jsonLogic.apply(parts[2], scope) : null;
    for (const current of itemsOf(parts[0], scope)) {
      found = withItem({ current, accumulator: found }, parts[1], scope);
    }
    return found;
  }

  function allItems(parts, scope) {
    let found = null;
    let untold = false;
    for (const item of itemsOf(parts[0], scope)) {
      const value = withItem(item, parts[1], scope);
      if (value === null) untold = true;
      else if (!holds(value)) return false;
      found = true;
    }
    return untold ? null : found;
  }

  function someItem(parts, scope) {
    let untold = false;
    for (const item of itemsOf(parts[0], scope)) {
      const value = withItem(item, parts[1], scope);
      if (holds(value)) return true;
      untold = untold || value === null;
    }
    return untold ? null : false;
  }

  function noItem(parts, scope) {
    const found = someItem(parts, scope);
    return found === null ? null : !found;
  }

  const DECIDING = {
    var: read,
    "===": (parts, scope) => compare(parts, scope, true),
    "==": (parts, scope) => compare(parts, scope, true),
    "!==": (parts, scope) => compare(parts, scope, false),
    "!=": (parts, scope) => compare(parts, scope, false),
    and: all,
    or: any,
    if: decide,
    map: (parts, scope) => itemsOf(parts[0], scope).map((item) => withItem(item, parts[1], scope)),
    filter: (parts, scope) => itemsOf(parts[0], scope).filter((item) => holds(withItem(item, parts[1], scope))),
    reduce,
    all: allItems,
    some: someItem,
    none: noItem,
  };

  jsonLogic.apply = function (rule, scope) {
    if (isRow(rule)) {
      const [name] = Object.keys(rule);
      if (Object.hasOwn(DECIDING, name)) return DECIDING[name](partsOf(rule), scope);
    }
    return evaluatePlainly(rule, scope);
  };

  // --- operators on values ------------------------------------------------------------------------------------------

  function ordered(...allowed) {
    return function (...parts) {
      let found = true;
      for (let place = 1; place < parts.length; place += 1) {
        const which = order(parts[place - 1], parts[place]);
        if (which !== null && !allowed.includes(which)) return false;
        if (which === null) found = null;
      }
      return found;
    };
  }

  function arithmetic(result) {
    return function (...parts) {
      return parts.some((part) => number(part) === null) ? null : result.apply(this, parts);
    };
  }

  function divide(scope, one, other) {
    if (other === 0) {
      scope.dividedByZero = true;
      return null;
    }
    const found = one / other;
    return Number.isFinite(found) ? found : null;
  }

  function remainder(scope, one, other) {
    const quotient = divide(scope, one, other);
    const known = quotient === null ? null : exact(quotient);
    const share = known === null ? null : exact(Math.trunc(known) * other);
    return share === null ? null : plus(one, -share);
  }

  // The first with the second, the result with the third, and so on.
  function chain(step) {
    return function (first, ...rest) {
      if (!rest.length) return exact(first);
      return rest.reduce((found, one) => (found === null ? null : step(found, one)), first);
    };
  }

  function total(numbers) {
    return numbers.reduce((found, one) => (found === null ? null : plus(found, one)), 0);
  }

  function known(parts) {
    return parts.flat().filter((one) => one !== null && one !== undefined);
  }

  function extreme(wanted) {
    return function (...parts) {
      const found = known(parts);
      let best = found.length ? found[0] : null;
      for (const one of found) {
        const which = order(one, best);
        if (which === null) return null;
        if (which === wanted) best = one;
      }
      return best;
    };
  }

  function average(...parts) {
    const numbers = known(parts).filter((one) => number(one) !== null);
    const sum = total(numbers);
    return numbers.length && sum !== null ? exact(sum / numbers.length) : null;
  }

  function contains(whole, item) {
    if (whole === null || item === null) return null;
    if (Array.isArray(whole)) return whole.some((one) => same(item, one));
    return typeof whole === "string" && typeof item === "string" && whole.includes(item);
  }

  function length(value) {
    if (Array.isArray(value)) return value.length;
    return typeof value === "string" ? Array.from(value).length : null;
  }

  const concat = (...parts) => parts.map(asText).join("");

  const OPERATORS = {
    "<": ordered(-1),
    "<=": ordered(-1, 0),
    ">": ordered(1),
    ">=": ordered(1, 0),
    blank: isBlank,
    in: (item, whole) => contains(whole, item),
    contains,
    "!": (value) => !holds(value),
    "!!": holds,
    "+": arithmetic(chain(plus)),
    "-": arithmetic((one, other) => (other === undefined ? exact(-one) : plus(one, -other))),
    "*": arithmetic(chain((found, one) => exact(found * one))),
    "/": arithmetic(function (one, other) {
      return divide(this, one, other);
    }),
    "%": arithmetic(function (one, other) {
      return remainder(this, one, other);
    }),
    min: arithmetic((...numbers) => exact(Math.min(...numbers))),
    max: arithmetic((...numbers) => exact(Math.max(...numbers))),
    round: arithmetic(rounded),
    sum: (...parts) => total(known(parts).filter((one) => number(one) !== null)),
    average,
    least: extreme(-1),
    greatest: extreme(1),
    count: (...parts) => known(parts).length,
    length,
    concat,
    cat: concat,
    days_between: values.daysBetween,
    add_days: values.addDays,
    add_months: values.addMonths,
    year_of: values.yearOf,
    month_of: values.monthOf,
    day_of: values.dayOf,
  };

  for (const [name, operator] of Object.entries(OPERATORS)) jsonLogic.add_operation(name, operator);

  // --- expressions --------------------------------------------------------------------------------------------------

  // Throws for what is no expression, as the server does before a form is published.
  function check(rule) {
    const waiting = [[rule, 1]];
    let nodes = 0;
    while (waiting.length) {
      const [part, depth] = waiting.pop();
      nodes += 1;
      if (depth > MOST_DEPTH || nodes + waiting.length > MOST_NODES) throw new Error("too large");
      if (isRow(part)) checkOperator(part);
      if (typeof part === "number" && !Number.isFinite(part)) throw new Error("no number");
      if (isRow(part) || Array.isArray(part)) {
        const parts = Array.isArray(part) ? part : partsOf(part);
        waiting.push(...parts.map((one) => [one, depth + 1]));
      }
    }
  }

  function checkOperator(rule) {
    const names = Object.keys(rule);
    if (names.length !== 1) throw new Error("one operator expected");
    if (!Object.hasOwn(PARTS, names[0])) throw new Error(`unknown operator ${names[0]}`);
    const parts = partsOf(rule);
    const [least, most = Infinity] = PARTS[names[0]];
    if (parts.length < least || parts.length > most) throw new Error(`${names[0]}: ${parts.length} parts`);
    if (names[0] === "var" && parts.length && typeof parts[0] !== "string") throw new Error("var: the path must be a text");
  }

  function scopeOf(data) {
    return { data, items: [], dividedByZero: false };
  }

  function evaluate(rule, data) {
    check(rule);
    return jsonLogic.apply(rule, scopeOf(data)) ?? null;
  }

  return { check, evaluate, scopeOf, apply: (rule, scope) => jsonLogic.apply(rule, scope) ?? null };
});
