/** Views that come in when they are needed: a module with its words and style sheets. */
import { useSignal } from "@preact/signals";
import { useEffect } from "preact/hooks";
import { needWords } from "./i18n.js";
import { html } from "./ui.js";

/** @type {Map<string, Promise<void>>} */
const sheets = new Map();

/** Takes a style sheet into the page, once. @param {string} name */
function wear(name) {
  let coming = sheets.get(name);
  if (!coming) {
    const href = new URL(name, import.meta.url).href;
    const worn = [...document.styleSheets].some((sheet) => sheet.href === href); // the page named it itself
    const link = document.createElement("link");
    link.rel = "stylesheet";
    link.href = href;
    coming = worn ? Promise.resolve() : new Promise((done) => (link.onload = link.onerror = () => done(undefined)));
    if (!worn) document.head.append(link);
    sheets.set(name, coming);
  }
  return coming;
}

/** @param {string} module @returns {Promise<any>} with everything that it needs */
export async function bring(module) {
  const found = await import(new URL(module, import.meta.url).href);
  await Promise.all([needWords(found.words), ...(found.sheets ?? []).map(wear)]);
  return found;
}

/** A part of a view that is brought when it is first shown; nothing until then. @param {any} props */
export function Late({ module, ...rest }) {
  const found = useSignal(/** @type {any} */ (null));
  useEffect(() => void bring(module).then((there) => (found.value = there), () => undefined), [module]);
  return found.value ? html`<${found.value.View} ...${rest} />` : null;
}
