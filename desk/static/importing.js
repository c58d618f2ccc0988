// Bringing in a document: a file that is too large is said before it is sent, and pasted text keeps its headings and tables.
(() => {
  const form = document.querySelector("[data-importing]");
  if (!form) return;
  const file = form.elements.file, pasted = form.elements.pasted, rich = form.elements.rich;
  const most = Number(form.dataset.most), longest = 1500000;
  file.addEventListener("change", () => {
    const tooLarge = file.files[0] && file.files[0].size > most;
    file.setCustomValidity(tooLarge ? form.dataset.tooLarge : "");
    file.reportValidity();
  });
  pasted.addEventListener("paste", event => {
    const html = event.clipboardData && event.clipboardData.getData("text/html");
    const isAlone = !pasted.value.trim() || pasted.selectionEnd - pasted.selectionStart === pasted.value.length;
    setTimeout(() => { rich.value = html && isAlone && html.length < longest ? html : ""; });
  });
  pasted.addEventListener("input", event => { if (event.inputType !== "insertFromPaste") rich.value = ""; });
})();
