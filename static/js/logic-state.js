// Working out what follows from answers, for the browser: forms/builder/logic/state.py does the same on the server,
// the authority. No page here; form-logic.js brings it on the page.
(function (root, make) {
  if (typeof module === "object" && module.exports) {
    module.exports = make(require("./logic-operators.js"), require("./logic-values.js"));
  } else root.logicState = make(root.logicOperators, root.logicValues);
})(globalThis, function (operators, values) {
  "use strict";

  const { number, exact, plus, rounded, asText, holds, dayOf, isRow } = values;

  // Stands in paths for a row that holds nothing yet; it counts for nothing outside of itself.
  const SPARE = "spare";

  // A calculated value, as the question says.
  function inShape(node, value) {
    const { result = "number", decimals } = node.options || {};
    if (result === "text") return asText(value) || null;
    if (result === "date") return typeof value === "string" && dayOf(value) === value ? value : null;
    if (number(value) === null) return null;
    return decimals === undefined ? exact(value) : rounded(value, decimals);
  }

  class Working {
    constructor(payload, answers) {
      this.payload = payload;
      this.raw = answers;
      this.answers = {};
      this.data = { answers: this.answers, row: null, last: payload.last, context: payload.context };
      this.scope = operators.scopeOf(this.data);
      this.hidden = new Set();
      this.disabled = new Set();
      this.required = new Set();
      this.values = {};
      this.notices = {};
      this.findings = [];
      this.totals = {};
    }

    state({ withSpareRows = false } = {}) {
      for (const node of this.payload.nodes) {
        if (!node.table) this.workOutQuestion(node);
        else if (Object.hasOwn(this.answers, node.table)) this.workOutColumn(node);
      }
      for (const rule of this.payload.rules) this.find(rule);
      for (const [table, columns] of Object.entries(this.payload.totals)) this.addUp(table, columns);
      if (withSpareRows) this.workOutSpareRows();
      const { hidden, disabled, required, values: found, notices, findings, totals } = this;
      return { hidden, disabled, required, values: found, notices, findings, totals };
    }

    workOutQuestion(node) {
      const raw = this.raw[node.key];
      if (node.type === "table") {
        const rows = Array.isArray(raw) ? raw.filter(isRow).map(() => ({})) : [];
        this.answers[node.key] = this.isAsked(node, node.key, node.guards) ? rows : [];
      } else {
        this.answers[node.key] = this.answer(node, node.key, node.guards, raw);
      }
    }

    workOutColumn(node) {
      const rows = this.answers[node.table];
      if (!rows.length) return;
      const raw = this.raw[node.table].filter(isRow);
      rows.forEach((row, place) => this.workOutCell(node, row, place, raw[place][node.key]));
      this.data.row = null;
    }

    workOutCell(node, row, place, raw) {
      const path = `${node.table}.${place}.`;
      const guards = node.guards.map((guard) => path + guard.slice(node.table.length + 1));
      this.data.row = row;
      row[node.key] = this.answer(node, path + node.key, guards, raw);
    }

    workOutSpareRows() {
      const rows = {};
      for (const node of this.payload.nodes) {
        if (node.table) this.workOutCell(node, (rows[node.table] ??= {}), SPARE, null);
      }
      this.data.row = null;
    }

    isAsked(node, path, guards) {
      const { show, enable, require } = node.logic;
      if (guards.some((guard) => this.hidden.has(guard)) || !this.applies(show, true)) {
        this.hidden.add(path);
        return false;
      }
      if (!this.applies(enable, true)) {
        this.disabled.add(path);
        return false;
      }
      if (this.applies(require, false)) this.required.add(path);
      return true;
    }

    applies(condition, usual) {
      return condition === undefined ? usual : holds(operators.apply(condition, this.scope));
    }

    answer(node, path, guards, raw) {
      const isAsked = this.isAsked(node, path, guards);
      if (!node.calculated) return isAsked ? raw ?? null : null;
      const found = isAsked ? this.calculated(node, path) : null;
      this.values[path] = found;
      return found;
    }

    calculated(node, path) {
      if (node.logic.value === undefined) return null;
      this.scope.dividedByZero = false;
      const found = inShape(node, operators.apply(node.logic.value, this.scope));
      if (this.scope.dividedByZero) this.notices[path] = this.payload.words.division;
      return found;
    }

    find(rule) {
      const [table, column] = rule.at.split(/\.(.*)/s);
      if (!column) {
        if (this.fails(rule) && !this.hidden.has(rule.at)) this.findings.push({ rule, path: rule.at, row: null });
        return;
      }
      const rows = this.answers[table];
      (Array.isArray(rows) ? rows : []).forEach((row, place) => {
        const path = `${table}.${place}.${column}`;
        this.data.row = row;
        if (!this.hidden.has(path) && this.fails(rule)) this.findings.push({ rule, path, row: place });
      });
      this.data.row = null;
    }

    fails(rule) {
      const found = operators.apply(rule.check, this.scope);
      return found !== null && !holds(found);
    }

    addUp(table, columns) {
      for (const column of columns) {
        const cells = (this.answers[table] || []).map((row) => row[column]);
        const total = cells.reduce((sum, one) => (number(one ?? null) === null || sum === null ? sum : plus(sum, one)), 0);
        if (total !== null) this.totals[`${table}.${column}`] = total;
      }
    }
  }

  function stateOf(payload, answers, options) {
    return new Working(payload, answers).state(options);
  }

  return { stateOf, SPARE };
});
