// Pasting cells from a spreadsheet into a table: they fill it from the cell that has the focus to the right and downwards,
// and rows are added as far as the table takes them. What does not fit is refused as a whole: nothing that was typed is
// overwritten by half of something. What was pasted can be taken back.
(function () {
  "use strict";

  const { put, note, unnote, remembered } = window.tableCells;
  const NAMED = 3; // cells that a message names
  const LONGEST_CELL = 2 * 32767; // what Excel takes in a cell, with every quotation mark doubled

  // Tab-separated values as spreadsheets write them: a cell with line ends, tabs or quotes stands in quotes.
  function cellsOf(text) {
    const rows = [[]];
    let at = 0;
    while (at < text.length) {
      let cell = "";
      if (text[at] === '"' && isQuoted(text, at)) {
        at += 1;
        while (at < text.length && !(text[at] === '"' && text[at + 1] !== '"')) {
          cell += text[at];
          at += text[at] === '"' ? 2 : 1;
        }
        at += 1;
      }
      while (at < text.length && text[at] !== "\t" && text[at] !== "\n") {
        cell += text[at];
        at += 1;
      }
      rows[rows.length - 1].push(cell.trim());
      if (at >= text.length) break;
      if (text[at] === "\n") rows.push([]);
      at += 1;
      if (at === text.length && text[at - 1] === "\t") rows[rows.length - 1].push("");
    }
    while (rows.length && rows[rows.length - 1].every((cell) => cell === "")) rows.pop();
    return rows;
  }

  // Whether a quotation mark begins a cell that one ends: otherwise it is part of what somebody wrote.
  function isQuoted(text, start) {
    const end = Math.min(text.length, start + LONGEST_CELL);
    for (let at = start + 1; at < end; at += 1) {
      if (text[at] !== '"') continue;
      if (text[at + 1] === '"') at += 1;
      else return at + 1 === text.length || text[at + 1] === "\t" || text[at + 1] === "\n";
    }
    return false;
  }

  const count = (number) => number.toLocaleString(document.documentElement.lang || undefined);
  const worded = (pattern, words) => pattern.replace(/\{(\w+)\}/g, (_all, name) => words[name]);

  // The cells of a row. A column that no row asks for at present counts only where as many were pasted: it stands in the
  // sheet that the cells come from.
  function cellsIn(row, isAll) {
    const cells = [...row.querySelectorAll("td[data-question]")];
    return isAll ? cells : cells.filter((cell) => !cell.classList.contains("is-column-gone"));
  }

  function paste(table, target, pasted) {
    const { dataset } = table.status;
    const row = target.closest("[data-row]");
    const firstRow = table.rows().indexOf(row);
    const start = target.closest("td[data-question]");
    const width = Math.max(...pasted.map((cells) => cells.length));
    const columnsFrom = (isAll) => cellsIn(row, isAll).length - cellsIn(row, isAll).indexOf(start);
    const isAll = width > columnsFrom(false);
    const columns = columnsFrom(isAll);
    const firstColumn = cellsIn(row, isAll).indexOf(start);
    const room = table.most - firstRow;
    if (pasted.length > room) {
      table.refuse(worded(dataset.pasteTooMany, { pasted: count(pasted.length), most: count(table.most), room: count(room) }));
      return;
    }
    if (width > columns) {
      table.refuse(worded(dataset.pasteTooWide, { pasted: count(width), room: count(columns) }));
      return;
    }
    const missing = firstRow + pasted.length - table.rows().length;
    const added = missing > 0 ? table.add(missing) : [];
    const rows = table.rows().slice(firstRow, firstRow + pasted.length);
    const takeBack = [];
    const unknown = [];
    rows.forEach((line, number) => {
      const cells = cellsIn(line, isAll);
      pasted[number].forEach((text, place) => {
        const cell = cells[firstColumn + place];
        takeBack.push(remembered(cell));
        if (put(cell, text)) unnote(cell);
        else {
          note(cell, worded(dataset.pasteNote, { text }));
          unknown.push({ row: firstRow + number + 1, text });
        }
      });
    });
    const words = { rows: count(pasted.length), columns: count(width) };
    let said = worded(dataset.pasted, words);
    if (unknown.length) {
      const named = unknown.slice(0, NAMED).map((one) => worded(dataset.pasteCell, { row: count(one.row), text: one.text }));
      said += ` ${worded(dataset.pasteUnknown, { count: count(unknown.length), cells: named.join(dataset.pasteComma) })}`;
    }
    table.say(said, () => {
      for (const restore of takeBack) restore();
      for (const line of added) table.remove(line);
      announce(rows);
      target.focus();
    });
    announce(rows);
  }

  // Whoever listens to answers hears of each cell, whoever looks at rows of each row.
  function announce(rows) {
    for (const line of rows) {
      for (const cell of cellsIn(line, true)) cell.dispatchEvent(new Event("change", { bubbles: true }));
    }
    document.dispatchEvent(new CustomEvent("table:filled", { detail: { rows } }));
  }

  for (const table of window.formTables || []) {
    table.body.addEventListener("paste", (event) => {
      const target = event.target.closest("input, select, textarea");
      if (!target || !event.clipboardData || target.type === "file" || target.closest("[data-reason]")) return;
      if (!target.closest("[data-row]")?.querySelector("[data-remove-row]")) return; // a row that stays: its other cells are locked
      const text = event.clipboardData.getData("text/plain").replace(/\r\n?/g, "\n");
      const isSheet = text.includes("\t") || /<table[\s>]/i.test(event.clipboardData.getData("text/html"));
      if (target.tagName === "TEXTAREA" && !isSheet) return; // paragraphs belong into the one cell
      const cells = cellsOf(text);
      const isOne = cells.length === 1 && cells[0].length === 1;
      if (!cells.length || (isOne && target.tagName !== "SELECT" && cells[0][0] === text.trim())) return;
      event.preventDefault();
      paste(table, target, cells);
    });
    // Right after pasting Ctrl+Z takes it back; once something was typed it is the browser's again.
    table.body.addEventListener("keydown", (event) => {
      const isUndo = (event.ctrlKey || event.metaKey) && !event.shiftKey && event.key.toLowerCase() === "z";
      if (!isUndo || !table.takeBack) return;
      event.preventDefault();
      table.undo();
    });
    // A cell that somebody answers has no need of what was pasted there.
    for (const name of ["input", "change"]) {
      table.body.addEventListener(name, (event) => {
        if (table.takeBack && name === "input" && event.isTrusted) table.say("");
        const cell = event.target.closest("td[data-question]");
        if (cell && cell !== event.target) unnote(cell);
      });
    }
  }
})();
