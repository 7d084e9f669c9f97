// The lines of a list of choices, apart from how they are drawn: {code, label, retired?, within?}.

export const plain = (label) => label.normalize("NFKC").replace(/\s+/g, "").toLowerCase();
export const isCode = (code) => /^[A-Za-z0-9_-]{1,64}$/.test(code);

// crypto.randomUUID() is missing where the portal is opened without https, as on some intranets.
function freshCode() {
  const bytes = crypto.getRandomValues(new Uint8Array(6));
  return "c" + [...bytes].map((byte) => byte.toString(16).padStart(2, "0")).join("");
}

export const freshLine = () => ({ code: freshCode(), label: "" });

// The line with what it holds replaced: it stays the same line, wherever else it is known.
export function become(line, values) {
  for (const name of Object.keys(line)) delete line[name];
  return Object.assign(line, values);
}

// The lines with those of a table among them, behind line `after` or at the end. A line that is there already keeps its
// code and is on offer again; more than `most` are left out.
export function merged(lines, incoming, { after, most }) {
  const kept = lines.map((line) => ({ ...line }));
  const byLabel = new Map(kept.filter((line) => line.label).map((line) => [plain(line.label), line]));
  const byCode = new Map(kept.map((line) => [line.code, line]));
  const added = [];
  let met = 0;
  let room = most - kept.filter((line) => line.label).length;
  for (const line of incoming) {
    const same = byLabel.get(plain(line.label)) ?? byCode.get(line.code);
    if (same) {
      met += 1;
      delete same.retired;
      if (line.within) same.within = line.within;
    } else if (room > 0) {
      room -= 1;
      added.push({ ...line, code: line.code || freshCode() });
    }
  }
  kept.splice(after === undefined ? kept.length : after + 1, 0, ...added);
  const whole = kept.filter((line) => line.label || line.retired);
  return { lines: whole.length ? whole : [freshLine()], added: added.length, met, dropped: incoming.length - met - added.length };
}
