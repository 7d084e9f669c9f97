// Lines that have a form of their own, for the browser: numbers of persons and bodies, telephones, addresses.
// forms/builder/rules/identity.py and contact.py say the same for the server; patterns that its libraries know come with
// the form (`reading`), so that they are written down once.
(function (root, make) {
  if (typeof module === "object" && module.exports) module.exports = make();
  else root.logicLines = make();
})(globalThis, function () {
  "use strict";

  const SEPARATORS = /[\s\-‐‑–—_.·]+/g;
  const ID_WEIGHTS = [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2];
  const CREDIT_CHARACTERS = "0123456789ABCDEFGHJKLMNPQRTUWXY";
  const CREDIT_WEIGHTS = [1, 3, 9, 27, 19, 26, 16, 17, 20, 29, 25, 13, 8, 24, 10, 30, 28];
  const PLATE = /^[\u4e00-\u9fff][A-HJ-NP-Z](?:[A-HJ-NP-Z0-9]{5,6}|[A-HJ-NP-Z0-9]{4}[\u4e00-\u9fff])$/;
  const EXTENSION = /\s*(?:转|分机|轉|ext\.?|x|#)\s*[:.]?\s*(\d{1,6})$/i;
  const CITIES = /^(?:10|2\d)/; // area codes of two figures; all others have three
  const [MOST_PHONE, MOST_EMAIL, MOST_URL] = [60, 200, 1000];

  const squeezed = (typed) => typed.replace(SEPARATORS, "").toUpperCase();
  const weighed = (text, weights, valueOf) => weights.reduce((sum, weight, at) => sum + weight * valueOf(text[at]), 0);
  const whole = (pattern, flags = "") => new RegExp(`^(?:${pattern.replaceAll("\\Z", "$")})$`, flags);
  const length = (text) => [...text].length;

  // GB 11643: 17 figures, of which eight are a day between 1850 and today, and a check character.
  function idNumber(typed, { today = "" }) {
    const text = squeezed(typed);
    if (!/^[0-9]{17}[0-9X]$/.test(text)) return null;
    const [year, month, day] = [text.slice(6, 10), text.slice(10, 12), text.slice(12, 14)];
    const born = new Date(Date.UTC(2000, Number(month) - 1, Number(day)));
    born.setUTCFullYear(Number(year), Number(month) - 1, Number(day));
    const iso = `${year}-${month}-${day}`;
    if (Number.isNaN(born.getTime()) || born.toISOString().slice(0, 10) !== iso) return null;
    if (iso < "1850-01-01" || (today && iso > today)) return null;
    return "10X98765432"[weighed(text, ID_WEIGHTS, Number) % 11] === text[17] ? text : null;
  }

  // GB 32100.
  function creditCode(typed) {
    const text = squeezed(typed);
    if (!/^[0-9]{8}[0-9A-Y]{10}$/.test(text) || [...text].some((one) => !CREDIT_CHARACTERS.includes(one))) return null;
    const sum = weighed(text, CREDIT_WEIGHTS, (one) => CREDIT_CHARACTERS.indexOf(one));
    return CREDIT_CHARACTERS[(31 - (sum % 31)) % 31] === text[17] ? text : null;
  }

  const plate = (typed) => (PLATE.test(squeezed(typed)) ? squeezed(typed) : null);
  const postcode = (typed) => (/^[0-9]{6}$/.test(squeezed(typed)) ? squeezed(typed) : null);

  // The digits behind +86 and the 0 of long distance; null for a number of another country.
  function national(dialled) {
    const digits = dialled.replace(/\D/g, "");
    if (dialled.trim().startsWith("+")) return digits.startsWith("86") ? digits.slice(2).replace(/^0/, "") : null;
    if (digits.startsWith("00")) return digits.startsWith("0086") ? digits.slice(4).replace(/^0/, "") : null;
    return digits.replace(/^0/, "");
  }

  // 13800138000, 0898-88276666, 0898-88276666转123.
  function phone(typed, { kind = "any", mobile, landline, hotline }) {
    if (typed.length > MOST_PHONE) return null;
    const extension = EXTENSION.exec(typed);
    const dialled = extension ? typed.slice(0, extension.index) : typed;
    if (/[^\d\s()+\-–—‐‑−./]/.test(dialled) || !/\d/.test(dialled)) return null;
    if (/^[2-8](?:\D*\d){6,7}\D*$/.test(dialled) && kind !== "mobile") return null; // the area code is missing
    const is = (digits, pattern) => whole(pattern).test(digits);
    let digits = national(dialled);
    const known = (one) => one !== null && [mobile, landline, hotline].some((pattern) => is(one, pattern));
    if (digits?.startsWith("86") && !known(digits)) digits = digits.slice(2).replace(/^0/, "");
    if (!known(digits)) return null;
    if (is(digits, hotline)) return kind === "any" ? digits + (extension ? `转${extension[1]}` : "") : null;
    if (is(digits, mobile)) return kind === "landline" || extension ? null : digits;
    if (kind === "mobile") return null;
    const area = CITIES.test(digits) ? 2 : 3;
    const found = `0${digits.slice(0, area)}-${digits.slice(area)}`;
    return extension ? `${found}转${extension[1]}` : found;
  }

  function email(typed, { name, domain, literal }) {
    const text = typed.replaceAll("。", ".");
    const at = text.lastIndexOf("@");
    if (at < 1 || length(text) > MOST_EMAIL) return null;
    const [own, host] = [text.slice(0, at), text.slice(at + 1)];
    if (!new RegExp(name.replaceAll("\\Z", "$"), "i").test(own)) return null;
    const isHost = host.toLowerCase() === "localhost" || new RegExp(domain.replaceAll("\\Z", "$"), "i").test(host) || new RegExp(literal.replaceAll("\\Z", "$"), "i").test(host);
    return isHost ? `${own}@${host.toLowerCase()}` : null;
  }

  // https:// is put before an address that names no scheme.
  function url(typed, { address }) {
    const text = typed.includes("://") ? typed : `https://${typed.normalize("NFKC").trim().replaceAll("。", ".")}`;
    const at = text.indexOf("://");
    const [scheme, rest] = [text.slice(0, at).toLowerCase(), text.slice(at + 3)];
    if (length(text) > MOST_URL || !["http", "https"].includes(scheme) || rest.split(/[/?#]/)[0].includes("@")) return null;
    return new RegExp(address.replaceAll("\\Z", "$"), "i").test(text) ? `${scheme}://${rest}` : null;
  }

  const FORMS = { id_number: idNumber, phone, email, url, credit_code: creditCode, plate, postcode };
  const AS_TYPED = new Set(["credit_code", "plate", "postcode"]); // plain texts: what is wrong with them is text still

  // The line in its one form. `typed`: cleaned, on one line; of an address as typed, of all others in half width.
  function read(typed, reading) {
    const found = FORMS[reading.form](reading.form === "url" ? typed : typed.normalize("NFKC").trim(), reading);
    return found ?? (AS_TYPED.has(reading.form) ? typed : null);
  }

  return { read };
});
