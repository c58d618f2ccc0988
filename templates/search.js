// Looks for the words typed into the filter in the full text of the notices too. The list and its filter work without it.
const form = /** @type {HTMLFormElement} */ (document.querySelector(".filter"));
const field = /** @type {HTMLInputElement} */ (form.querySelector("input"));
const found = /** @type {HTMLElement} */ (document.querySelector(".found"));
const list = /** @type {HTMLElement} */ (found.querySelector("ul"));

/** @type {Promise<any> | undefined} */
let index;
let last = 0;

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

/** @param {{url: string, meta: {title: string}, excerpt: string}} result */
function entry(result) {
  const item = document.createElement("li");
  const link = document.createElement("a");
  const text = document.createElement("p");
  link.href = new URL(result.url, location.origin).pathname;
  link.textContent = result.meta.title;
  text.append("… ", ...marked(result.excerpt), " …");
  item.append(link, text);
  return item;
}

async function look() {
  const turn = ++last;
  const words = field.value.trim();
  if (words.length < 3) {
    found.hidden = true;
    return;
  }
  try {
    index ??= import(/** @type {string} */ (found.dataset.index));
    const answer = await (await index).debouncedSearch(words, {}, 200);
    if (!answer) return;
    const results = await Promise.all(answer.results.slice(0, 10).map((/** @type {any} */ one) => one.data()));
    if (turn !== last) return;
    list.replaceChildren(...results.map(entry));
    found.hidden = results.length === 0;
  } catch {
    found.hidden = true; // no index: the list and its filter are there
  }
}

field.addEventListener("input", look);
