// Narrows the list of notices as somebody types, and looks into their text where the site has an index of it.
// Without script the whole list is there and this field is not: it is made here, as text browsers show what is hidden. What is typed is kept in the address: reload and Back show it.
const form = /** @type {HTMLFormElement} */ (document.querySelector(".filter"));
const asked = form.dataset.label ?? form.querySelector("label")?.textContent; // a template of an earlier release has the field itself
const label = Object.assign(document.createElement("label"), { htmlFor: "filter", textContent: asked });
const field = Object.assign(document.createElement("input"), { id: "filter", type: "search", autocomplete: "off" });
const said = document.createElement("p");
said.setAttribute("role", "status");
form.replaceChildren(label, field, said);
const list = /** @type {NodeListOf<HTMLElement>} */ (document.querySelectorAll(".category, .topics"));
const matches = /** @type {HTMLElement} */ (document.querySelector(".matches"));
const inText = /** @type {HTMLElement | null} */ (document.querySelector(".found")); // only where there is an index
const SHORTEST = 3; // letters; fewer are in nearly every text
const PAUSE = 300; // milliseconds; browsers refuse to change the address much more often

// letters that no keyboard far from home has, and that Unicode does not take apart
const LETTERS = { ß: "ss", æ: "ae", œ: "oe", ø: "o", đ: "d", ð: "d", þ: "th", ł: "l", ı: "i", ŧ: "t" };

/** What is typed and what is written in one form: without accents, apostrophes and signs that nobody sees. @param {string | null} text */
const folded = (text) =>
  (text || "")
    .normalize("NFKD")
    .replace(/[\p{M}\p{Cf}'’‘ʼ`´]/gu, "")
    .replace(/\p{Pd}/gu, "-")
    .toLowerCase()
    .replace(/[ßæœøđðþłıŧ]/g, (letter) => LETTERS[/** @type {keyof typeof LETTERS} */ (letter)]);

const notices = [.../** @type {NodeListOf<HTMLElement>} */ (document.querySelectorAll(".category li"))].map((item) => ({
  item,
  title: ` ${folded(item.querySelector("a")?.textContent || "")}`,
  text: folded(`${item.textContent} ${item.closest(".category")?.firstElementChild?.textContent}`),
}));

const order = new Intl.Collator(document.documentElement.lang, { numeric: true });

/** How well a notice fits: its title has words that begin so, its title has them, the rest has them, or not at all.
 * @param {{title: string, text: string}} notice @param {string[]} words */
function rank(notice, words) {
  if (words.every((word) => notice.title.includes(` ${word}`))) return 0;
  if (words.every((word) => notice.title.includes(word))) return 1;
  return words.every((word) => notice.text.includes(word)) ? 2 : 3;
}

/** @param {number} count */
const sentence = (count) =>
  (count === 0 ? form.dataset.none : count === 1 ? form.dataset.one : form.dataset.many)?.replace("{count}", String(count)) || "";

function narrow() {
  const words = folded(field.value).split(/\s+/).filter(Boolean);
  const ranked = notices.map((notice) => ({ notice, rank: rank(notice, words) })).filter((one) => one.rank < 3);
  ranked.sort((one, other) => one.rank - other.rank || order.compare(one.notice.title, other.notice.title));
  for (const part of list) part.hidden = words.length > 0;
  matches.hidden = words.length === 0;
  matches.replaceChildren(...(words.length ? ranked.map((one) => one.notice.item.cloneNode(true)) : []));
  if (inText) inText.hidden = true;
  const looking = inText && words.join("").length >= SHORTEST;
  if (looking) look(field.value.trim(), inText); // as typed: the index folds accents and apostrophes, but no ł
  else turn += 1; // an answer that is still on its way is to nothing that stands in the field
  said.textContent = words.length && (ranked.length || !looking) ? sentence(ranked.length) : "";
}

let turn = 0;
/** @type {Promise<any> | undefined} */
let index;

/** Shows the notices whose text has the words and whose entry in the list has not. @param {string} words @param {HTMLElement} there */
async function look(words, there) {
  const mine = ++turn;
  /** @type {any[]} */
  let results = [];
  let unread = false;
  try {
    index ??= import(/** @type {string} */ (form.dataset.index));
    const answer = await (await index).debouncedSearch(words, {}, 200);
    if (!answer) return; // something else was typed
    results = await Promise.all(answer.results.slice(0, 20).map((/** @type {any} */ one) => one.data()));
  } catch {
    unread = true; // no index, as in the preview: the list and its filter are there
  }
  if (mine !== turn) return;
  const listed = new Set([...matches.querySelectorAll("a")].map((link) => link.pathname));
  const more = results.map(entry).filter(({ path }) => !listed.has(path)).slice(0, 10);
  there.querySelector("ul")?.replaceChildren(...more.map(({ item }) => item));
  there.hidden = more.length === 0;
  const count = listed.size + more.length;
  said.textContent = unread && count === 0 ? form.dataset.unread || "" : sentence(count);
}

/** @param {{url: string, meta: {title: string}, excerpt: string}} result */
function entry(result) {
  const item = document.createElement("li");
  const link = document.createElement("a");
  const text = document.createElement("p");
  link.href = new URL(result.url, location.origin).pathname;
  link.textContent = result.meta.title;
  text.append("… ", ...marked(result.excerpt), " …");
  item.append(link, text);
  return { item, path: link.pathname };
}

/** An excerpt's words, with those looked for marked. @param {string} excerpt */
function marked(excerpt) {
  const parsed = new DOMParser().parseFromString(excerpt, "text/html");
  return [...parsed.body.childNodes].map((node) => {
    if (node.nodeName !== "MARK") return node.textContent || "";
    const mark = document.createElement("mark");
    mark.textContent = node.textContent;
    return mark;
  });
}

let waiting = 0;
function keep() {
  clearTimeout(waiting);
  const address = new URL(location.href);
  if (field.value.trim()) address.searchParams.set("find", field.value);
  else address.searchParams.delete("find");
  if (address.href !== location.href) history.replaceState(history.state, "", address);
}

form.addEventListener("submit", (event) => {
  event.preventDefault();
  keep();
});
field.addEventListener("input", () => {
  narrow();
  clearTimeout(waiting);
  waiting = setTimeout(keep, PAUSE);
});
field.addEventListener("change", keep); // before a link is followed
form.hidden = false;
field.value = new URLSearchParams(location.search).get("find") || "";
narrow();
