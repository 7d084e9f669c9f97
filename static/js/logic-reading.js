// How what people type is understood, and how values are written, for the browser: forms/builder/rules says the same
// for the server. What the server would refuse reads as nothing (null), as it does there until it is mended.
(function (root, make) {
  if (typeof module === "object" && module.exports) {
    module.exports = make(require("./logic-values.js"), require("./choice-offers.js"), require("./logic-lines.js"));
  } else root.logicReading = make(root.logicValues, root.choiceOffers, root.logicLines);
})(globalThis, function (values, offers, lines) {
  "use strict";

  const MOST_DIGITS = 15;
  const MOST_TYPED = 100;
  const [FIRST_YEAR, LAST_YEAR] = [1900, 2100];
  const UNSEEN = /[\u202A-\u202E\u2066-\u2069\u200B\u200E\u200F\u061C\u2060\uFEFF\uFFF9-\uFFFB]|(?![\n\t])\p{Cc}|\p{Cs}/gu;
  const NUMBER = /^[+-]?(?:\d{1,3}(?:,\d{3})+|\d+)?(?:\.\d+)?$/;
  const DAY = /^(\d{4})\s*[-/.年]\s*(\d{1,2})\s*[-/.月]\s*(\d{1,2})\s*日?$/;
  const MONTH = /^(\d{4})\s*[-/.年]\s*(\d{1,2})\s*月?$/;
  const TIME = /^(?:(\d{1,2})\s*[:.时点]\s*(\d{1,2})\s*分?(?::00(?:\.0+)?)?|(\d{1,2})\s*[时点]整?)$/;
  const MOMENT = /^(.*?\d\s*日?)\s*(?:[T,]\s*|\s|(?<=日))(\d{1,2}\s*[:.时点].*)$/s;

  // --- text ---------------------------------------------------------------------------------------------------------

  function cleanText(text) {
    return text.replace(/\r\n|\r|\u0085|\u2028|\u2029/g, "\n").replace(UNSEEN, "").trim();
  }

  function cleanLine(text) {
    return cleanText(text).replace(/\s*[\n\t]\s*/g, " ");
  }

  function halfWidth(text) {
    return cleanLine(text).normalize("NFKC").trim();
  }

  // --- numbers ------------------------------------------------------------------------------------------------------

  // 1,234.5, ５０％ or ¥25 with the field's own unit behind or its sign before it; null for words and for more places than are taken.
  function readNumber(text, { decimals = 0, unit = "", sign = "", least = null, greatest = null } = {}) {
    let typed = halfWidth(text).replaceAll(" ", "").replaceAll("−", "-");
    const own = halfWidth(unit).replaceAll(" ", "");
    if (own && typed.endsWith(own)) typed = typed.slice(0, -own.length);
    const before = sign && ["", "+", "-"].find((one) => typed.startsWith(one + sign));
    if (sign && before !== undefined) typed = before + typed.slice(before.length + sign.length);
    if (typed.length > MOST_TYPED || !NUMBER.test(typed) || !/\d/.test(typed)) return null;
    const [whole, fraction = ""] = typed.replace(/[+,-]/g, "").split(".");
    const places = fraction.replace(/0+$/, "");
    const figures = (whole + places).replace(/^0+/, "");
    if (places.length > decimals || figures.length > MOST_DIGITS) return null;
    const found = Number(typed.replaceAll(",", "")) + 0;
    return (least !== null && found < least) || (greatest !== null && found > greatest) ? null : found;
  }

  // 1,234.5, with at least so many places behind the point.
  function numberInWords(value, { decimals = null, places = 0, unit = "" } = {}) {
    const shown = decimals === null ? value : values.rounded(value, decimals);
    const [figures, fraction = ""] = values.numberAsText(shown).split(".");
    const grouped = figures.replace(/\B(?=(\d{3})+$)/g, ",");
    const behind = fraction.padEnd(places, "0");
    return [behind ? `${grouped}.${behind}` : grouped, unit].filter(Boolean).join(" ");
  }

  // --- days and times -----------------------------------------------------------------------------------------------

  function inRange(year) {
    return year >= FIRST_YEAR && year <= LAST_YEAR;
  }

  // 2026-02-03, 2026/2/3, 2026年2月3日, 20260203, ２０２６-２-３ as 2026-02-03.
  function readDay(text) {
    const typed = halfWidth(text);
    const match = DAY.exec(typed) || /^(\d{4})(\d{2})(\d{2})$/.exec(typed);
    const found = match ? values.dayOf(values.iso(...match.slice(1).map(Number))) : null;
    return found && inRange(Number(found.slice(0, 4))) ? found : null;
  }

  function readMonth(text) {
    const typed = halfWidth(text);
    const match = MONTH.exec(typed) || /^(\d{4})(\d{2})$/.exec(typed);
    if (!match) return null;
    const [year, month] = match.slice(1).map(Number);
    return month >= 1 && month <= 12 && inRange(year) ? values.iso(year, month) : null;
  }

  function readTime(text) {
    const match = TIME.exec(halfWidth(text));
    if (!match) return null;
    const [hour, minute] = [Number(match[1] ?? match[3]), Number(match[2] ?? 0)];
    return hour <= 23 && minute <= 59 ? [hour, minute].map((part) => String(part).padStart(2, "0")).join(":") : null;
  }

  function readMoment(text) {
    const match = MOMENT.exec(halfWidth(text));
    const [day, time] = match ? [readDay(match[1]), readTime(match[2])] : [null, null];
    return day && time ? `${day}T${time}` : null;
  }

  // A day as the page's language writes it.
  function dayInWords(day, language) {
    const [year, month, date] = day.split("-").map(Number);
    const found = new Date(0);
    found.setUTCFullYear(year, month - 1, date);
    return new Intl.DateTimeFormat(language, { dateStyle: "long", timeZone: "UTC" }).format(found);
  }

  // --- answers ------------------------------------------------------------------------------------------------------

  // Days, months and moments within the bounds of the question; bounds are as long as a day or a month is.
  function within(read) {
    return (text, { earliest = "", latest = "" } = {}) => {
      const found = read(text);
      const isOut = found && ((latest && found.slice(0, latest.length) > latest) || (earliest && found.slice(0, earliest.length) < earliest));
      return isOut ? null : found;
    };
  }

  // The code of a button or a line of a menu; where labels are typed (`offer`: [[code, label], …]) the one that is meant.
  // With `others` any name is an answer, up to that length.
  function readChoice(text, { offer, others = 0 } = {}) {
    if (!offer) return text || null;
    const typed = cleanLine(text);
    return offers.codeOf(typed, offer) ?? (typed && [...typed].length <= others ? typed : null);
  }

  // The number of a region, as deep as the question asks (region-list.js).
  function readRegion(text, { regions, depth, root } = {}) {
    const typed = cleanLine(text);
    return (typed && regions.answer(typed, { depth, root }).place?.code) || null;
  }

  function readText(text, reading = {}) {
    if (reading.lines) return cleanText(text) || null;
    const typed = cleanLine(text);
    return typed && reading.form ? lines.read(typed, reading) : typed || null;
  }

  // A workbook writes a day with midnight behind it, and a month as its first day.
  const dayOfCell = (text) => readDay(text.replace(/T00:00:00$/, ""));
  const monthOfCell = (text) => readMonth(text.length > 7 ? text.replace(/T00:00:00$/, "").replace(/-01$/, "") : text);

  const READERS = {
    number: readNumber,
    date: within(dayOfCell),
    month: within(monthOfCell),
    time: readTime,
    datetime: within(readMoment),
    boolean: (text) => ({ yes: true, no: false, na: "na" })[text] ?? null,
    choice: readChoice,
    region: readRegion,
    text: readText,
  };

  // What stands in the inputs, as expressions see it. `texts`: the values of all that are chosen or filled in.
  function readAnswer(node, texts) {
    if (node.kind === "choices") return texts.length ? texts : null;
    const read = READERS[node.kind];
    return read && texts.length ? read(texts[0], node.reading) : null;
  }

  return { cleanText, cleanLine, readNumber, numberInWords, readDay, readMonth, readTime, readMoment, dayInWords, readAnswer };
});
