/** A book as it is read, wherever its pages come from: spreads, a single page or a strip, with bars, keys and wishes. */
import { useEffect, useLayoutEffect, useRef } from "preact/hooks";
import { useSignal } from "@preact/signals";
import { classes, html } from "../../ui.js";
import { t } from "../../i18n.js";
import { go } from "../../router.js";
import { say } from "../../notices.js";
import { work } from "../../work.js";
import { FootBar, Thumbs, TopBar } from "./bars.js";
import { wide } from "./book.js";
import { HelpDialog, WishDialog } from "./dialogs.js";
import { verbOf } from "./keys.js";
import { singly, spreadWith, spreadsOf } from "./spreads.js";
import { called, Paged, Strip } from "./stage.js";
import { after, FITS, wish, wishes } from "./wishes.js";

const AHEAD = 2;
const SCROLLED_BY = 0.85;
const STEP_PX = 80;

/** Is there room for two pages beside each other? Follows the window. */
function useRoom() {
  const query = "(min-aspect-ratio: 11/10) and (min-width: 40rem)";
  const room = useSignal(matchMedia(query).matches);
  useEffect(() => {
    const asked = matchMedia(query);
    const heard = () => (room.value = asked.matches);
    asked.addEventListener("change", heard);
    return () => asked.removeEventListener("change", heard);
  }, []);
  return room.value;
}

/**
 * @param {{book: import("./book.js").Book, number?: string, pageAt: (page: number) => string, home: string}} props
 *   `pageAt` gives a page's address; `home` is where one leaves to, empty where there is nothing else to see
 */
export function Reader({ book, number, pageAt, home }) {
  const liked = wishes.value;
  const room = useRoom();
  const box = useRef(/** @type {HTMLElement | null} */ (null));
  const bars = useSignal(true);
  const open = useSignal(/** @type {"" | "wishes" | "help" | "thumbs"} */ (""));
  const full = useSignal(Boolean(document.fullscreenElement));
  const direction = liked.direction === "book" ? book.direction : liked.direction;
  const way = liked.way === "auto" ? (room ? "double" : "single") : liked.way;
  const pages = book.pages.map((page) => ({ ...page, wide: wide.value.has(page.src) }));
  const at = Math.max(0, pages.findIndex((page) => String(page.number) === number));
  const spreads = way === "double" ? spreadsOf(pages, direction, liked) : singly(pages);
  const place = spreadWith(spreads, at);
  const spread = spreads[place];
  const last = pages[pages.length - 1].number;
  const told = t("reader.of", { pages: spread.pages.map((each) => called(pages[each].number)).join(t("reader.and")), last });
  const short = `${spread.pages.map((each) => pages[each].number || t("reader.title_short")).join("–")} / ${last}`;

  /** @param {number} page a place in the list of pages */
  const turnTo = (page) => go(pageAt(pages[page].number), { replace: true });
  /** @param {number} to */
  function stand(to) {
    if (to >= spreads.length) say(t("reader.the_end"));
    else if (to >= 0) turnTo(spreads[to].pages[0]);
  }
  /** @param {number} share of what is seen; is there something to scroll to? */
  function scrolled(share) {
    const stage = box.current;
    if (!stage) return false;
    const before = stage.scrollTop;
    stage.scrollBy(0, share * stage.clientHeight);
    return Math.abs(stage.scrollTop - before) > 1;
  }
  /** @param {typeof open.value} which */
  const toggle = (which) => void (open.value = open.value === which ? "" : which);
  /** @type {Record<string, () => unknown>} */
  const verbs = {
    next: () => stand(place + 1),
    back: () => stand(place - 1),
    first: () => stand(0),
    last: () => stand(spreads.length - 1),
    up: () => box.current?.scrollBy(0, -STEP_PX),
    down: () => box.current?.scrollBy(0, STEP_PX),
    down_or_next: () => scrolled(SCROLLED_BY) || stand(place + 1),
    up_or_back: () => scrolled(-SCROLLED_BY) || stand(place - 1),
    double: () => wish({ way: way === "double" ? "single" : "double" }),
    strip: () => wish({ way: way === "strip" ? "auto" : "strip" }),
    offset: () => wish({ shift: !liked.shift }),
    fit: () => {
      wish({ fit: /** @type {any} */ (after(FITS, liked.fit)) });
      say(t(`reader.fit_${wishes.peek().fit}`), { seconds: 2 });
    },
    rtl: () => wish({ direction: "rtl" }),
    ltr: () => wish({ direction: "ltr" }),
    full: () => (document.fullscreenElement ? document.exitFullscreen() : document.documentElement.requestFullscreen?.())
      ?.catch(() => say(t("reader.full_refused"), { kind: "fault" })),
    bars: () => (bars.value = !bars.value),
    thumbs: () => { bars.value = true; toggle("thumbs"); },
    wishes: () => toggle("wishes"),
    help: () => toggle("help"),
    close: () => (open.value ? (open.value = "") : home && go(home)),
  };
  const doing = useRef(verbs);
  doing.current = verbs;
  const heading = useRef(direction);
  heading.current = direction;

  useLayoutEffect(() => { // before anything is seen: no key is lost between the first picture and a later effect
    /** @param {KeyboardEvent} event */
    const pressed = (event) => {
      const verb = verbOf(event, heading.current);
      if (!verb) return;
      event.preventDefault();
      doing.current[verb]();
    };
    const changed = () => (full.value = Boolean(document.fullscreenElement));
    addEventListener("keydown", pressed);
    document.addEventListener("fullscreenchange", changed);
    return () => {
      removeEventListener("keydown", pressed);
      document.removeEventListener("fullscreenchange", changed);
      if (document.fullscreenElement) void document.exitFullscreen();
    };
  }, []);
  useEffect(() => {
    for (const each of spreads.slice(place + 1, place + 1 + AHEAD).flatMap((next) => next.pages)) {
      new Image().src = pages[each].src;
    }
  }, [place, spreads.length, book.version]);
  document.title = `${called(pages[at].number)} – ${book.title || work.value?.title || ""} – Mangaka`;

  /** @param {string} verb */
  const onVerb = (verb) => void verbs[verb]();
  return html`<div class=${classes("reader", !bars.value && "bare-stage")}>
    ${bars.value && html`<${TopBar} home=${home} book=${book} short=${short} full=${full.value} onVerb=${onVerb} />`}
    ${way === "strip"
      ? html`<${Strip} pages=${pages} at=${at} fit=${liked.fit} onAt=${turnTo} onVerb=${onVerb} box=${box} />`
      : html`<${Paged} pages=${pages} spread=${spread} double=${way === "double"} fit=${liked.fit} direction=${direction}
          invert=${liked.invert} onVerb=${onVerb} box=${box} />`}
    ${bars.value && open.value === "thumbs" && html`<${Thumbs} book=${book} direction=${direction} shown=${spread.pages} onPage=${turnTo} />`}
    ${bars.value && html`<${FootBar} count=${spreads.length} place=${place} told=${told} direction=${direction}
      thumbs=${open.value === "thumbs"} onPlace=${stand} onVerb=${onVerb} />`}
    <p class="visually-hidden" role="status" aria-live="polite">${told}</p>
    <${WishDialog} open=${open.value === "wishes"} onClose=${() => (open.value = "")} />
    <${HelpDialog} open=${open.value === "help"} onClose=${() => (open.value = "")} />
  </div>`;
}
