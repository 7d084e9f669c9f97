// Administrative regions by number and by every name that people write: forms/builder/regions.py does the same on the
// server. The list is fetched once a page.
(function (root, make) {
  if (typeof module === "object" && module.exports) module.exports = make();
  else root.regionList = make();
})(globalThis, function () {
  "use strict";

  const NAMED = 3; // places that a message names

  // The name as it is compared: no spaces, no strokes between the parts.
  function plain(text) {
    return text.normalize("NFKC").replace(/[\s/·>\-—、，,]+/g, "");
  }

  const lineOf = (place) => (place?.code ? [...lineOf(place.parent), place] : []);

  class Regions {
    // `names`: number → name. Each place: {code, name, parent, children, fullName, depth}; "" is the whole country.
    constructor(names) {
      this.places = new Map([["", { code: "", children: [], fullName: "", depth: 0 }]]);
      for (const code of Object.keys(names).sort()) {
        const upper = [`${code.slice(0, 4)}00`, `${code.slice(0, 2)}0000`].find((one) => one !== code && one in names) ?? "";
        const parent = this.places.get(upper);
        const place = { code, name: names[code], parent, children: [], fullName: parent.fullName + names[code], depth: parent.depth + 1 };
        parent.children.push(place);
        this.places.set(code, place);
      }
      this.byName = null;
    }

    get(code) {
      return this.places.get(code);
    }

    // Places by every name: in full, without the province, alone. Made when somebody first types one.
    called(name) {
      if (!this.byName) {
        this.byName = new Map();
        for (const place of this.places.values()) {
          if (!place.code) continue;
          let written = [place.name];
          for (const upper of lineOf(place.parent).reverse()) {
            written = [...written, ...written.map((one) => upper.name + one)];
          }
          for (const one of new Set(written.map(plain))) this.byName.set(one, [...(this.byName.get(one) ?? []), place]);
        }
      }
      return this.byName.get(name) ?? [];
    }

    liesIn(place, root) {
      return !root || lineOf(place).some((one) => one.code === root);
    }

    // The places that may be meant by what was typed, below `root`; a full name means one alone.
    found(typed, root = "") {
      const wanted = plain(typed);
      const numbered = wanted && this.places.get(wanted);
      if (numbered) return this.liesIn(numbered, root) ? [numbered] : [];
      const named = this.called(wanted).filter((place) => this.liesIn(place, root));
      const exact = named.filter((place) => plain(place.fullName) === wanted);
      return exact.length ? exact : named;
    }

    // What the question takes of it: {place}, or the reason why it is none: {fault: "none" | "several" | "shallow"}.
    answer(typed, { depth = 3, root = "" } = {}) {
      const found = this.found(typed, root);
      if (!found.length) return { fault: "none", names: [] };
      if (found.length > 1) return { fault: "several", names: found.slice(0, NAMED).map((place) => place.fullName) };
      let [place] = found;
      while (place.depth > depth) place = place.parent; // a district was typed where the city is asked for
      return place.depth < depth && place.children.length ? { fault: "shallow", names: [], near: place } : { place };
    }
  }

  const wanted = new Map();
  const loaded = new Map();

  // The list of an address, once it is here.
  function load(address) {
    if (!wanted.has(address)) {
      const arrived = fetch(address).then((answer) => (answer.ok ? answer.json() : Promise.reject(answer.status)));
      wanted.set(address, arrived.then((names) => {
        loaded.set(address, new Regions(names));
        return loaded.get(address);
      }));
    }
    return wanted.get(address);
  }

  return { Regions, lineOf, load, loaded: (address) => loaded.get(address) ?? null };
});
