// What values mean in expressions, for the browser: forms/builder/logic/values.py and days.py say the same for the
// server, the authority; tests/vectors/logic.json proves it. Also read by Node in the tests.
(function (root, make) {
  if (typeof module === "object" && module.exports) module.exports = make();
  else root.logicValues = make();
})(globalThis, function () {
  "use strict";

  const MOST_DIGITS = 15;
  const NEARLY_NOTHING = 2e-15;
  const MOST_DAYS = 4000000;

  // --- numbers ------------------------------------------------------------------------------------------------------

  // The value as a number; null for whatever is none.
  function number(value) {
    return typeof value === "number" && Number.isFinite(value) ? value : null;
  }

  // To 15 significant digits, half away from zero, as a spreadsheet does: 0.1 + 0.2 is 0.3.
  function exact(value) {
    const found = Number(value.toPrecision(15));
    return Number.isFinite(found) ? found + 0 : null;
  }

  function plus(one, other) {
    const total = one + other;
    if (Math.abs(total) <= NEARLY_NOTHING * Math.max(Math.abs(one), Math.abs(other))) return 0;
    return exact(total);
  }

  // A number not below zero as figures and the place of the first: 12.5 is ["125", 1].
  function figuresOf(value) {
    const [mantissa, exponent] = value.toExponential().split("e");
    return [mantissa.replace(".", ""), Number(exponent)];
  }

  // As it is read, half away from zero: 1.005 to two places is 1.01.
  function rounded(value, digits = 0) {
    const known = exact(value);
    if (known === null || !Number.isInteger(digits) || Math.abs(digits) > MOST_DIGITS) return null;
    const [figures, place] = figuresOf(Math.abs(known));
    const kept = place + 1 + digits;
    if (kept >= figures.length) return known;
    if (kept < 0) return 0;
    const whole = Number(figures.slice(0, kept) || "0") + (figures[kept] >= "5" ? 1 : 0);
    const found = exact(Number(`${whole}e${-digits}`));
    return found && known < 0 ? -found : found;
  }

  // In figures, never with an exponent.
  function numberAsText(value) {
    const known = exact(value);
    if (known === null) return "";
    const [figures, place] = figuresOf(Math.abs(known));
    const sign = known < 0 ? "-" : "";
    if (place < 0) return `${sign}0.${"0".repeat(-place - 1)}${figures}`;
    if (figures.length <= place + 1) return sign + figures.padEnd(place + 1, "0");
    return `${sign}${figures.slice(0, place + 1)}.${figures.slice(place + 1)}`;
  }

  // --- any value ----------------------------------------------------------------------------------------------------

  function asText(value) {
    if (typeof value === "string") return value;
    return number(value) === null ? "" : numberAsText(value);
  }

  function isEmptyList(value) {
    return Array.isArray(value) && value.length === 0;
  }

  function holds(value) {
    return Boolean(value) && !isEmptyList(value);
  }

  function isBlank(value) {
    return value === null || value === undefined || value === "" || isEmptyList(value);
  }

  function isRow(value) {
    return typeof value === "object" && value !== null && !Array.isArray(value);
  }

  function same(one, other) {
    if (typeof one === "number" && typeof other === "number") {
      const [left, right] = [exact(one), exact(other)];
      return left !== null && left === right;
    }
    if (Array.isArray(one) && Array.isArray(other)) {
      return one.length === other.length && one.every((part, place) => same(part, other[place]));
    }
    if (isRow(one) && isRow(other)) {
      const keys = Object.keys(one);
      return keys.length === Object.keys(other).length && keys.every((key) => Object.hasOwn(other, key) && same(one[key], other[key]));
    }
    return one === other;
  }

  // By the characters' codes, as Python compares; JavaScript itself would put surrogates before U+E000.
  function orderOfTexts(one, other) {
    const left = Array.from(one, (char) => char.codePointAt(0));
    const right = Array.from(other, (char) => char.codePointAt(0));
    for (let place = 0; place < Math.min(left.length, right.length); place += 1) {
      if (left[place] !== right[place]) return left[place] > right[place] ? 1 : -1;
    }
    return Math.sign(left.length - right.length);
  }

  // -1, 0 or 1; null where there is no telling.
  function order(one, other) {
    if (typeof one === "string" && typeof other === "string") return one === other ? 0 : orderOfTexts(one, other);
    if (number(one) === null || number(other) === null) return null;
    const [left, right] = [exact(one), exact(other)];
    return left === null || right === null ? null : Math.sign(left - right);
  }

  // --- dates: ISO 8601 texts of the years 1–9999 --------------------------------------------------------------------

  function isLeap(year) {
    return (year % 4 === 0 && year % 100 !== 0) || year % 400 === 0;
  }

  function monthLength(year, month) {
    return [31, isLeap(year) ? 29 : 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31][month - 1];
  }

  function iso(year, month, day) {
    const parts = [String(year).padStart(4, "0"), String(month).padStart(2, "0")];
    return (day === undefined ? parts : [...parts, String(day).padStart(2, "0")]).join("-");
  }

  // [year, month, day] of a date or a date with time; null for no day of the calendar.
  function day(value) {
    const match = typeof value === "string" ? /^(\d{4})-(\d{2})-(\d{2})(?:T\d{2}:\d{2})?$/.exec(value) : null;
    if (!match) return null;
    const [year, month, date] = match.slice(1).map(Number);
    const is = year >= 1 && month >= 1 && month <= 12 && date >= 1 && date <= monthLength(year, month);
    return is ? [year, month, date] : null;
  }

  // [year, month] of a month, a date or a date with time.
  function month(value) {
    const found = day(value);
    if (found) return found.slice(0, 2);
    const match = typeof value === "string" ? /^(\d{4})-(\d{2})$/.exec(value) : null;
    if (!match) return null;
    const [year, which] = match.slice(1).map(Number);
    return year >= 1 && which >= 1 && which <= 12 ? [year, which] : null;
  }

  // Days since an arbitrary day (Howard Hinnant, days_from_civil).
  function dayNumber([year, which, date]) {
    const from = which <= 2 ? year - 1 : year;
    const era = Math.floor(from / 400);
    const ofEra = from - era * 400;
    const ofYear = Math.floor((153 * (which + (which > 2 ? -3 : 9)) + 2) / 5) + date - 1;
    return era * 146097 + ofEra * 365 + Math.floor(ofEra / 4) - Math.floor(ofEra / 100) + ofYear;
  }

  function dayOfNumber(count) {
    const era = Math.floor(count / 146097);
    const ofEra = count - era * 146097;
    const year = Math.floor(
      (ofEra - Math.floor(ofEra / 1460) + Math.floor(ofEra / 36524) - Math.floor(ofEra / 146096)) / 365,
    );
    const ofYear = ofEra - (365 * year + Math.floor(year / 4) - Math.floor(year / 100));
    const shifted = Math.floor((5 * ofYear + 2) / 153);
    const which = shifted < 10 ? shifted + 3 : shifted - 9;
    return [year + era * 400 + (which <= 2 ? 1 : 0), which, ofYear - Math.floor((153 * shifted + 2) / 5) + 1];
  }

  function whole(value) {
    return Number.isInteger(value) && Math.abs(value) <= MOST_DAYS ? value : null;
  }

  function daysBetween(first, second) {
    const [start, end] = [day(first), day(second)];
    return start && end ? dayNumber(end) - dayNumber(start) : null;
  }

  function addDays(value, count) {
    const [start, days] = [day(value), whole(count)];
    if (!start || days === null) return null;
    const found = dayOfNumber(dayNumber(start) + days);
    return found[0] >= 1 && found[0] <= 9999 ? iso(...found) : null;
  }

  function addMonths(value, count) {
    const [start, months] = [month(value), whole(count)];
    if (!start || months === null) return null;
    const total = start[0] * 12 + start[1] - 1 + months;
    const year = Math.floor(total / 12);
    const which = total - year * 12 + 1;
    if (year < 1 || year > 9999) return null;
    const found = day(value);
    return found ? iso(year, which, Math.min(found[2], monthLength(year, which))) : iso(year, which);
  }

  function yearOf(value) {
    const found = month(value);
    return found ? found[0] : null;
  }

  function monthOf(value) {
    const found = month(value);
    return found ? found[1] : null;
  }

  function dayOf(value) {
    const found = day(value);
    return found ? iso(...found) : null;
  }

  return {
    ...{ number, exact, plus, rounded, numberAsText, asText, holds, isBlank, isRow, same, order },
    ...{ day, month, iso, monthLength, daysBetween, addDays, addMonths, yearOf, monthOf, dayOf },
  };
});
