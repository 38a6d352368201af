/**
 * The parts that every view is put together from. Text is always a text node: nothing here, and nothing in any view,
 * takes markup from a string.
 */
import { html } from "htm/preact";
import { useId, useLayoutEffect, useRef } from "preact/hooks";
import { useSignal } from "@preact/signals";
import { t } from "./i18n.js";
import { dismiss, notices } from "./notices.js";

export { html };

/** Class names without the empty ones. @param {...(string | false | null | undefined)} names */
export const classes = (...names) => names.filter(Boolean).join(" ");

/**
 * `kind`: `main` (one a view), `plain`, `quiet` (text only), `danger`. While `busy` it cannot be pressed again.
 * @param {any} props
 */
export function Button({ kind = "plain", busy = false, disabled = false, children, ...rest }) {
  return html`<button type="button" class=${classes("button", kind)} aria-busy=${busy ? "true" : null}
    disabled=${disabled || busy} ...${rest}>${children}</button>`;
}

/** A link that looks like a button. @param {any} props */
export function LinkButton({ kind = "plain", children, ...rest }) {
  return html`<a class=${classes("button", kind)} ...${rest}>${children}</a>`;
}

/** A sign of the page's own sprite (`index.html`); words beside it, or the label of its button, say what it is. @param {{name: string}} props */
export const Icon = ({ name }) => html`<svg class="icon" aria-hidden="true"><use href=${`#icon-${name}`} /></svg>`;

/** A square button of one sign; `label` is what it is called. @param {any} props */
export function IconButton({ label, icon, boxed = false, ...rest }) {
  return html`<button type="button" class=${classes("icon-button", boxed && "boxed")} aria-label=${label} title=${label} ...${rest}><${Icon} name=${icon} /></button>`;
}

/**
 * A control with its label above, an explanation and a fault below. `children(ids)` makes the control with
 * `{id, "aria-describedby", "aria-invalid"}`.
 * @param {{label: string, hint?: string, fault?: string, children: (ids: any) => any, wide?: boolean}} props
 */
export function Field({ label, hint, fault, children, wide }) {
  const id = useId();
  const described = [hint && `${id}-hint`, fault && `${id}-fault`].filter(Boolean).join(" ") || null;
  return html`<div class=${classes("field", wide && "wide")}>
    <label for=${id}>${label}</label>
    ${children({ id, "aria-describedby": described, "aria-invalid": fault ? "true" : null })}
    ${hint && html`<p class="hint" id=${`${id}-hint`}>${hint}</p>`}
    ${fault && html`<p class="fault" id=${`${id}-fault`} role="alert">${fault}</p>`}
  </div>`;
}

/** A choice of few. @param {{label: string, hint?: string, value: string, options: [string, string][],
 *   onChange: (value: string) => void, disabled?: boolean}} props */
export function Choice({ label, hint, value, options, onChange, disabled }) {
  return html`<${Field} label=${label} hint=${hint}>
    ${(/** @type {any} */ ids) => html`<select ...${ids} value=${value} disabled=${disabled}
      onChange=${(/** @type {any} */ event) => onChange(event.target.value)}>
      ${options.map(([name, text]) => html`<option key=${name} value=${name} selected=${name === value}>${text}</option>`)}
    </select>`}
  </${Field}>`;
}

/** A yes or no. @param {{label: string, hint?: string, checked: boolean, onChange: (yes: boolean) => void, disabled?: boolean}} props */
export function Check({ label, hint, checked, onChange, disabled }) {
  const id = useId();
  return html`<div class="check">
    <input type="checkbox" id=${id} checked=${checked} disabled=${disabled} aria-describedby=${hint ? `${id}-hint` : null}
      onChange=${(/** @type {any} */ event) => onChange(event.target.checked)} />
    <label for=${id}>${label}</label>
    ${hint && html`<p class="hint" id=${`${id}-hint`}>${hint}</p>`}
  </div>`;
}

/** What something is about, and (with `onRemove`) a way to take it off. @param {any} props */
export function Chip({ kind, children, onRemove, removeLabel }) {
  return html`<span class=${classes("chip", kind)}>${children}
    ${onRemove && html`<button type="button" class="chip-remove" aria-label=${removeLabel ?? t("frame.remove")}
      onClick=${onRemove}><${Icon} name="close" /></button>`}
  </span>`;
}

/**
 * A dialog over the page; Escape and the button close it, and what was in focus before is in focus again.
 * @param {{title: string, open: boolean, onClose: () => void, children: any, wide?: boolean}} props
 */
export function Dialog({ title, open, onClose, children, wide }) {
  const box = useRef(/** @type {HTMLDialogElement | null} */ (null));
  const id = useId();
  useLayoutEffect(() => { // before anything is seen: what is typed at once goes into its first field
    const dialog = box.current;
    if (!open || !dialog || dialog.open) return undefined;
    const before = document.activeElement;
    dialog.showModal();
    /** @type {HTMLElement | null} */ (dialog.querySelector("input:not([type=checkbox], [type=radio]), textarea"))?.focus();
    return () => before instanceof HTMLElement && before.focus();
  }, [open]);
  if (!open) return null;
  return html`<dialog class=${classes("dialog", wide && "wide")} ref=${box} aria-labelledby=${id} onClose=${onClose}
    onClick=${(/** @type {any} */ event) => event.target === box.current && onClose()}>
    <div class="dialog-inside">
      <header><h2 id=${id}>${title}</h2><${IconButton} icon="close" label=${t("frame.close")} onClick=${onClose} /></header>
      ${children}
    </div>
  </dialog>`;
}

/** Something is on its way. @param {{label?: string}} props */
export function Waiting({ label }) {
  return html`<p class="waiting" role="status">${label ?? t("frame.loading")}</p>`;
}

/** There is nothing yet: what it will be, and what to do. @param {{title: string, text?: string, children?: any}} props */
export function Empty({ title, text, children }) {
  return html`<section class="empty"><h2>${title}</h2>${text && html`<p>${text}</p>`}${children}</section>`;
}

/** What is wrong, what helps, and another try. @param {{problem: import("./api.js").Problem, onRetry?: () => void}} props */
export function Trouble({ problem, onRetry }) {
  return html`<section class="trouble" role="alert">
    <h2>${problem.words}</h2>
    ${problem.help && html`<p>${problem.help}</p>`}
    ${onRetry && html`<${Button} onClick=${onRetry}>${t("frame.again")}</${Button}>`}
  </section>`;
}

/** How much of how much. @param {{value: number, most: number, label: string}} props */
export function Meter({ value, most, label }) {
  const share = most > 0 ? Math.min(1, value / most) : 0;
  return html`<div class="meter" role="progressbar" aria-label=${label} aria-valuemin="0" aria-valuemax=${most}
    aria-valuenow=${value}><span style=${{ inlineSize: `${share * 100}%` }}></span></div>`;
}

/** A picture of this service, kept at its shape while it comes; `alt` is empty where words beside it say the same. @param {any} props */
export function Picture({ src, alt = "", width, height, lazy = true, ...rest }) {
  const failed = useSignal(false);
  if (failed.value) return html`<span class="picture lost" role="img" aria-label=${alt || t("frame.no_picture")}></span>`;
  return html`<img class="picture" src=${src} alt=${alt} width=${width} height=${height}
    loading=${lazy ? "lazy" : "eager"} decoding="async" onError=${() => (failed.value = true)} ...${rest} />`;
}

/** The notices; one for all views. */
export function Notices() {
  return html`<div class="notices" role="status" aria-live="polite">
    ${notices.value.map((notice) => html`<div class=${classes("notice", notice.kind)} key=${notice.id}>
      <p>${notice.text}${notice.help && html`<span class="help">${notice.help}</span>`}</p>
      ${notice.undo && html`<${Button} kind="quiet" onClick=${() => { dismiss(notice.id); notice.undo?.(); }}>
        ${notice.label ?? t("frame.undo")}</${Button}>`}
      <${IconButton} icon="close" label=${t("frame.close")} onClick=${() => dismiss(notice.id)} />
    </div>`)}
  </div>`;
}
