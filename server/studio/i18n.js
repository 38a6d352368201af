/**
 * The studio's two languages. Words lie in `words/<language>/<part>.json`, one file a part of the studio; a key is
 * `part.name`. Every view names the parts that it needs; `frame` and `problem` are always there.
 *
 * A text may hold `{name}` places, and two forms divided by `|`: the first where `n` is 1.
 */
import { signal } from "@preact/signals";
import { KEPT, recall, keep } from "./kept.js";

/** @typedef {"ja" | "en"} Language */

export const LANGUAGES = /** @type {Language[]} */ (["ja", "en"]);

/** @returns {Language} */
function first() {
  const told = recall(KEPT.language);
  if (told === "ja" || told === "en") return told;
  return navigator.language.toLowerCase().startsWith("ja") ? "ja" : "en";
}

export const language = signal(first());
const words = signal(/** @type {Record<string, string>} */ ({}));
/** @type {Map<string, Promise<void>>} */
const fetched = new Map();
/** What came with the page: `{language: {part: {key: text}}}`. @type {Record<string, Record<string, Record<string, string>>>} */
const given = JSON.parse(document.getElementById("words")?.textContent || "{}");
/** @type {Set<string>} */
const parts = new Set(["frame", "problem"]);

/** @param {Language} which @param {string} part @param {Record<string, string>} texts */
function learn(which, part, texts) {
  const found = Object.entries(texts).map(([key, text]) => [`${which}:${part}.${key}`, text]);
  words.value = { ...words.value, ...Object.fromEntries(found) };
}

/** @param {Language} which @param {string} part */
function load(which, part) {
  const name = `${which}/${part}`;
  let coming = fetched.get(name);
  if (!coming) {
    coming = given[which]?.[part] ? Promise.resolve(learn(which, part, given[which][part]))
      : fetch(new URL(`words/${name}.json`, import.meta.url)).then(async (answer) => {
        if (answer.ok) learn(which, part, await answer.json());
      });
    fetched.set(name, coming);
    coming.catch(() => fetched.delete(name));
  }
  return coming;
}

/** The words of these parts, in the language that is chosen. @param {string[]} wanted */
export async function needWords(wanted = []) {
  wanted.forEach((part) => parts.add(part));
  await Promise.all([...parts].map((part) => load(language.value, part)));
}

/** @param {Language} which */
export async function speak(which) {
  await Promise.all([...parts].map((part) => load(which, part)));
  language.value = which;
  keep(KEPT.language, which);
  document.documentElement.lang = which;
}

/** Is there a text for this key? @param {string} key */
export const known = (key) => `${language.value}:${key}` in words.value;

/**
 * @param {string} key `part.name`
 * @param {Record<string, string | number>} [places]
 * @returns {string}
 */
export function t(key, places = {}) {
  let text = words.value[`${language.value}:${key}`];
  if (text === undefined) return key;
  if (text.includes("|")) text = text.split("|")[places.n === 1 ? 0 : 1];
  return text.replace(/\{(\w+)\}/g, (whole, name) => String(places[name] ?? whole));
}

/** The word for one of a closed list, else the word as it came. @param {string} part @param {string} word */
export const named = (part, word) => (known(`${part}.${word}`) ? t(`${part}.${word}`) : String(word ?? ""));

const locale = () => (language.value === "ja" ? "ja-JP" : "en-GB");

/** @param {string | number | Date} when */
export const date = (when) =>
  new Intl.DateTimeFormat(locale(), { dateStyle: "medium", timeStyle: "short" }).format(new Date(when));

/** @param {number} n */
export const number = (n) => new Intl.NumberFormat(locale()).format(n);

/** US dollars; small sums keep the digits that matter. @param {number} usd */
export const money = (usd) =>
  new Intl.NumberFormat(locale(), {
    style: "currency", currency: "USD", currencyDisplay: "narrowSymbol",
    maximumFractionDigits: usd > 0 && usd < 0.1 ? 4 : 2,
  }).format(usd);

/** `1:05`, `1:02:03`. @param {number} seconds */
export function clock(seconds) {
  const whole = Math.max(0, Math.round(seconds));
  const pad = (/** @type {number} */ n) => String(n).padStart(2, "0");
  const [h, m, s] = [Math.floor(whole / 3600), Math.floor(whole / 60) % 60, whole % 60];
  return h ? `${h}:${pad(m)}:${pad(s)}` : `${m}:${pad(s)}`;
}

/** In words, for a duration. @param {number} seconds */
export function duration(seconds) {
  if (seconds < 60) return t("frame.seconds", { n: Math.max(1, Math.round(seconds)) });
  return t("frame.minutes", { n: Math.round(seconds / 60) });
}

document.documentElement.lang = language.value;
