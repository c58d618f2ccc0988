// Narrows the list of notices as somebody types. Without script the whole list is there and this field is not.
const form = /** @type {HTMLFormElement} */ (document.querySelector(".filter"));
const field = /** @type {HTMLInputElement} */ (form.querySelector("input"));
const said = /** @type {HTMLElement} */ (form.querySelector("[role=status]"));
const categories = /** @type {NodeListOf<HTMLElement>} */ (document.querySelectorAll(".category"));

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

/** @param {number} count */
const sentence = (count) =>
  (count === 0 ? form.dataset.none : count === 1 ? form.dataset.one : form.dataset.many)?.replace("{count}", String(count));

function narrow() {
  const words = folded(field.value).split(/\s+/).filter(Boolean);
  let found = 0;
  for (const category of categories) {
    let here = 0;
    for (const item of /** @type {NodeListOf<HTMLElement>} */ (category.querySelectorAll("li"))) {
      const text = folded(category.querySelector("h2")?.textContent + " " + item.textContent);
      item.hidden = !words.every((word) => text.includes(word));
      if (!item.hidden) here += 1;
    }
    category.hidden = here === 0;
    found += here;
  }
  said.textContent = words.length ? sentence(found) || "" : "";
}

form.addEventListener("submit", (event) => event.preventDefault());
field.addEventListener("input", narrow);
form.hidden = false;
narrow(); // the browser may have kept what was typed before a reload
