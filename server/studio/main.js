/** Begins the studio: who looks, the words, then the view that the address names. */
import { render } from "preact";
import { computed, effect, signal } from "@preact/signals";
import { Frame } from "./frame.js";
import { language, needWords } from "./i18n.js";
import { listen, place, SHARED } from "./router.js";
import { askWho, session, sessionProblem } from "./session.js";
import { problemOf, signedOut } from "./api.js";
import { close, keepLooking } from "./work.js";
import { bring } from "./late.js";
import { html, Trouble, Waiting } from "./ui.js";

/** The view that is shown, by its module. */
const shown = signal(/** @type {{module: string, View: any} | null} */ (null));
const failure = signal(/** @type {unknown} */ (null));

/** The view of the place, or the one that lets in. */
const wanted = computed(() => (session.value?.signed_in === false && place.value.module !== SHARED ? "views/sign_in.js" : place.value.module));

/** @param {string} module */
async function show(module) {
  try {
    const found = await bring(module);
    if (wanted.peek() !== module) return; // somewhere else meanwhile
    [shown.value, failure.value] = [{ module, View: found.View }, null];
  } catch (error) {
    if (wanted.peek() === module) failure.value = error;
  }
}

function Outlet() {
  const { params, query } = place.value;
  if (failure.value) {
    return html`<${Trouble} problem=${problemOf(failure.value)} onRetry=${() => location.reload()} />`;
  }
  if (shown.value?.module !== wanted.value) return html`<${Waiting} />`;
  const View = shown.value.View;
  return html`<${View} params=${params} query=${query} />`;
}

function App() {
  language.value; // another language: everything says it anew
  if (sessionProblem.value) return html`<main class="lacking"><${Trouble} problem=${sessionProblem.value} onRetry=${askWho} /></main>`;
  if (!session.value) return html`<${Waiting} label="Mangaka …" />`;
  return html`<${Frame}><${Outlet} /></${Frame}>`;
}

listen();
keepLooking();
await Promise.all([needWords(), askWho()]);
effect(() => {
  const { params } = place.value;
  failure.value = null;
  if (!params.work) {
    close();
    document.title = "Mangaka";
  }
  void show(wanted.value);
});
effect(() => void (signedOut.value && askWho()));
const root = /** @type {HTMLElement} */ (document.getElementById("studio"));
root.replaceChildren();
render(html`<${App} />`, root);
document.getElementById("face")?.setAttribute("media", "all");

