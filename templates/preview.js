// For editors only: loads a page anew once it changed, and brings back what the reader had in view, opened and typed.
const { page = "", turn = "", problem } = /** @type {HTMLScriptElement} */ (document.currentScript).dataset;
const KEPT = `preview ${location.pathname}${location.search}`;
const GONE =
  document.documentElement.lang === "cy"
    ? "Mae’r dudalen wedi newid, a’r maes yr ysgrifennoch hyn ynddo wedi mynd:"
    : "This page changed, and the field in which you wrote this is gone:";

/** @typedef {{ key: string, value: string, checked: boolean | undefined }} Typed */
/** @typedef {{ id: string, above: number, from: number, open: [string, boolean][], typed: Typed[], focus: string }} Kept */
/** @typedef {HTMLInputElement | HTMLTextAreaElement | HTMLSelectElement} Field */

/** The fields that a person fills in and a script may fill again. @returns {Field[]} */
const fields = () =>
  [.../** @type {NodeListOf<Field>} */ (document.querySelectorAll("input, textarea, select"))].filter(
    ({ type }) => !["button", "file", "hidden", "password", "reset", "submit"].includes(type),
  );

/** Whether a field is ticked or not, rather than written in. @param {Field} field @returns {field is HTMLInputElement} */
const ticked = (field) => field.type === "checkbox" || field.type === "radio";

/** @param {Field} field */
const keyOf = (field) =>
  [field.form?.getAttribute("action"), field.name || field.id, field.type, ticked(field) && field.value].join(" ");

/** Whether somebody changed a field. @param {Field} field */
function touched(field) {
  if (ticked(field)) return field.checked !== field.defaultChecked;
  if (!(field instanceof HTMLSelectElement)) return field.value !== field.defaultValue;
  const options = [...field.options];
  return field.selectedIndex !== Math.max(0, options.findIndex((option) => option.defaultSelected));
}

/** The closed and open parts of the page. @returns {[string, HTMLDetailsElement][]} */
const parts = () =>
  [...document.querySelectorAll("details")].map((part) => [part.id || part.querySelector("summary")?.textContent || "", part]);

/** Keep where the page is scrolled to, which parts are open, and what was typed. A page of problems has nothing to keep. */
function keep() {
  if (problem !== undefined) return;
  const active = document.activeElement;
  /** @type {Kept} */
  const kept = {
    id: "",
    above: 0,
    from: scrollY,
    open: parts().map(([key, part]) => [key, part.open]),
    typed: fields()
      .filter(touched)
      .map((field) => ({ key: keyOf(field), value: field.value, checked: ticked(field) ? field.checked : undefined })),
    focus: fields().includes(/** @type {Field} */ (active)) ? keyOf(/** @type {Field} */ (active)) : "",
  };
  for (const element of document.querySelectorAll("main [id]")) {
    const { top } = element.getBoundingClientRect();
    if (scrollY > 0 && top <= 1 && element.getClientRects().length) [kept.id, kept.above] = [element.id, -top];
  }
  sessionStorage.setItem(KEPT, JSON.stringify(kept));
}

/** Scroll to the part of the page that was in view, wherever it is by now. @param {Kept} kept */
function scrollBack({ id, above, from }) {
  const element = id && document.getElementById(id);
  const top = element ? element.getBoundingClientRect().top + scrollY + above : from;
  scrollTo({ top, behavior: "instant" });
}

/** Fill a field in as it was. @param {Field} field @param {Typed} typed */
function fill(field, { value, checked }) {
  if (ticked(field)) field.checked = Boolean(checked);
  else field.value = value;
  for (const event of ["input", "change"]) field.dispatchEvent(new Event(event, { bubbles: true }));
}

/** Show text that has no field any more. @param {string[]} texts */
function showGone(texts) {
  const said = document.createElement("output");
  said.textContent = [GONE, ...texts].join("\n");
  Object.assign(said.style, { position: "fixed", inset: "auto 0 0 0", padding: "1rem", whiteSpace: "pre-wrap" });
  Object.assign(said.style, { background: "Canvas", color: "CanvasText", borderTop: "3px solid", zIndex: "9" });
  document.body.append(said);
}

/** Bring back what was kept before the page was loaded anew. */
function bringBack() {
  const stored = sessionStorage.getItem(KEPT);
  if (problem !== undefined || !stored) return;
  sessionStorage.removeItem(KEPT);
  /** @type {Kept} */
  const kept = JSON.parse(stored);
  const open = new Map(kept.open);
  for (const [key, part] of parts()) part.open = open.get(key) ?? part.open;
  const there = new Map(fields().map((field) => [keyOf(field), field]));
  for (const typed of kept.typed) {
    const field = there.get(typed.key);
    if (field) fill(field, typed);
  }
  there.get(kept.focus)?.focus({ preventScroll: true });
  const gone = kept.typed.filter(({ key, checked }) => checked === undefined && !there.has(key));
  if (gone.length) showGone(gone.map(({ value }) => value));
  scrollBack(kept);
  // The browser scrolls to the address's #part once all is loaded, and to where it was before that unless told not to.
  addEventListener("load", () => {
    scrollBack(kept);
    setTimeout(() => {
      history.scrollRestoration = "auto";
    });
  });
}

let [known, latest, looking] = [turn, turn, false];

/** Load the page anew if its digest is another by the turn that has come. @param {string} now */
async function look(now) {
  latest = now;
  if (looking) return;
  looking = true;
  while (known !== latest) {
    const asked = latest;
    const answer = await fetch(location.href, { method: "HEAD", cache: "no-store" }).catch(() => null);
    if (!answer) break; // the server is being started again, and gives a turn once it is there
    if (answer.headers.get("Page-Digest") !== page) {
      keep();
      history.scrollRestoration = "manual";
      return location.reload();
    }
    known = asked;
  }
  looking = false;
}

/** Ask which turn it is: one may have come while nobody listened. */
async function ask() {
  const answer = await fetch("/draft/-/turn", { cache: "no-store" }).catch(() => null);
  if (answer?.ok) look(await answer.text());
}

bringBack();
new BroadcastChannel("preview").addEventListener("message", ({ data }) => look(data));
if ("SharedWorker" in window) new SharedWorker("/draft/-/waiting.js");
else setInterval(ask, 1000); // a telephone
document.addEventListener("visibilitychange", ask);
addEventListener("pageshow", ({ persisted }) => persisted && ask());
ask();
