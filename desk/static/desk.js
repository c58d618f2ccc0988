// The editor with script: keeps words in the browser, shows them beside the form, makes rows without a round trip, and
// turns what is pasted into Markdown. Without it everything works but for that. Each part stands alone: one that fails
// (a storage that throws) leaves the others.
"use strict"

const sheet = document.getElementById("sheet")
const PREFIX = "noticeboard-desk:"

// Signing out takes the kept words of every person from this browser; a session that ends does not.
document.querySelector("[data-signs-out]")?.addEventListener("submit", () => {
  try {
    for (const key of Object.keys(localStorage)) if (key.startsWith(PREFIX)) localStorage.removeItem(key)
  } catch { /* nothing was kept then */ }
})

// After a form came back, the box that says what is wrong is where reading goes on.
document.querySelector("[role=alert][tabindex='-1']")?.focus()

if (sheet) edit()

function edit() {
  const status = sheet.querySelector("[data-kept]")
  const words = status.dataset
  const key = PREFIX + sheet.dataset.keep
  const frame = document.querySelector("[data-preview]")
  const started = said()
  let unsaved = sheet.hasAttribute("data-unsaved")
  let leaving = false
  let shown = seen()
  let timer = 0

  // What the form says, without what differs from page to page. An order of names and values, as it would be sent.
  function said() {
    const left = new Set(["form_token", "key", "base", "within"])
    return JSON.stringify([...new FormData(sheet)].filter(([name]) => !left.has(name)))
  }

  // The same with the text in which shared wording is shown: another one shows other words, and changes none.
  function seen() {
    return said() + (sheet.elements.within?.value ?? "")
  }

  function dirty() {
    return unsaved || said() !== started
  }

  function tell(text, away = false) {
    if (status.textContent !== text) status.textContent = text
    status.classList.toggle("away", away)
  }

  // --- Keeping -------------------------------------------------------------------------------------------------------
  function keep() {
    if (!dirty()) {
      forget()
      tell(words.savedWords)
      return true
    }
    try {
      localStorage.setItem(key, JSON.stringify({ base: sheet.elements.base.value, at: Date.now(), key: sheet.elements.key.value, said: said() }))
      tell(navigator.onLine ? words.keptWords : words.offlineWords, !navigator.onLine)
      return true
    } catch {
      tell(words.notKeptWords, true)
      return false
    }
  }

  function forget() {
    try { localStorage.removeItem(key) } catch { /* nothing was kept then */ }
  }

  function kept() {
    try { return JSON.parse(localStorage.getItem(key) ?? "null") } catch { return null }
  }

  // Kept words are offered, never put in by themselves: the file may be newer. Saving them compares with the file.
  function offer() {
    const found = kept()
    if (!found || found.said === started || found.key === sheet.dataset.saved) return forget()
    if (unsaved) return
    const box = sheet.querySelector("[data-offer]")
    const first = box.querySelector("p")
    first.textContent = first.textContent.replace("%time%", new Date(found.at).toLocaleString(`${document.documentElement.lang}-GB`, { dateStyle: "long", timeStyle: "short" }))
    if (found.base !== sheet.dataset.now) {
      const older = document.createElement("p")
      older.textContent = box.dataset.olderWords
      first.after(older)
    }
    box.hidden = false
    box.querySelector("[data-restore]").addEventListener("click", () => restore(found))
    box.querySelector("[data-drop]").addEventListener("click", () => { forget(); box.hidden = true })
  }

  function restore(found) {
    // Sent as a form that is shown and not saved: the server makes the rows that the words need, and checks them.
    const form = document.createElement("form")
    form.method = "post"
    form.action = sheet.action
    const fields = [...JSON.parse(found.said), ["base", found.base], ["form_token", sheet.elements.form_token.value],
      ["key", sheet.elements.key.value], ["do", "show"]]
    for (const [name, value] of fields) {
      const field = document.createElement("textarea")
      field.name = name
      field.value = value
      form.append(field)
    }
    form.hidden = true
    document.body.append(form)
    leaving = true
    form.submit()
  }

  // --- The page beside the form --------------------------------------------------------------------------------------
  async function look() {
    const now = seen()
    if (now === shown) return
    shown = now
    try {
      const answer = await fetch(sheet.dataset.look, { method: "POST", body: new FormData(sheet) })
      if (!answer.ok) return
      const found = await answer.json()
      if (seen() !== now) return
      if (found.found) {
        const box = sheet.querySelector("[data-found]")
        if (!box.contains(document.activeElement)) box.innerHTML = found.found
      }
      if (found.address) show(found.address)
    } catch {
      tell(words.offlineWords, true)
    }
  }

  // Replaced, so that Back leaves the form and does not step through previews.
  function show(address) {
    const section = document.activeElement?.closest("[data-row^='sections.']")?.querySelector("input:not([type=hidden])")
    const place = section ? `#${section.value.toLowerCase().replace(/[^a-z0-9]+/g, "-").replace(/^-|-$/g, "")}` : ""
    frame.contentWindow.location.replace(address + place)
    for (const link of document.querySelectorAll("[data-apart]")) link.href = address
  }

  function changed() {
    keep()
    clearTimeout(timer)
    timer = setTimeout(look, 400)
  }

  sheet.addEventListener("input", changed)
  sheet.addEventListener("change", changed)
  addEventListener("offline", keep)
  addEventListener("online", () => { keep(); shown = ""; look() })
  addEventListener("beforeunload", event => { if (!leaving && dirty()) event.preventDefault() })
  // A page that Back brings back as it was may be sent again.
  addEventListener("pageshow", () => { leaving = false; for (const one of buttons()) one.removeAttribute("aria-disabled") })

  // --- Sending -------------------------------------------------------------------------------------------------------
  function buttons() {
    return sheet.querySelectorAll("button:not([type=button])")
  }

  sheet.addEventListener("submit", event => {
    const act = event.submitter?.value ?? "save"
    if (/^(add|remove|up):/.test(act) && rows(act)) return event.preventDefault()
    if (leaving) return event.preventDefault()
    keep()
    leaving = true
    if (act === "save") tell(words.savingWords)
    for (const one of buttons()) one.setAttribute("aria-disabled", "true")
  })

  // --- Rows without a round trip -------------------------------------------------------------------------------------
  // Removing and moving need only other numbers. A new row is made by the server, which knows its fields: where it cannot be
  // asked, the form is sent as without script.
  function rows(act) {
    const [what, where] = act.split(/:(.*)/)
    if (what === "add") {
      add(where)
      return true
    }
    const row = sheet.querySelector(`[data-row="${CSS.escape(where)}"]`)
    if (!row) return false
    const all = [...row.parentElement.querySelectorAll(":scope > [data-row]")]
    const at = all.indexOf(row)
    if (what === "up") {
      if (at === 0) return true
      swap(row, all[at - 1])
    } else {
      const near = all[at + 1] ?? all[at - 1]
      row.remove()
      const next = near?.querySelector("input:not([type=hidden]),textarea,select")
      ;(next ?? sheet.querySelector(`[value="add:${CSS.escape(where.replace(/\.\d+$/, ""))}"]`))?.focus()
    }
    changed()
    return true
  }

  async function add(list) {
    const button = document.getElementById(`add-${list}`)
    const body = new FormData(sheet)
    body.set("do", `add:${list}`)
    try {
      const answer = await fetch(sheet.action, { method: "POST", body })
      const made = new DOMParser().parseFromString(await answer.text(), "text/html")
      const row = [...made.querySelectorAll("[data-row]")].findLast(one => one.dataset.row.startsWith(`${list}.`))
      if (!answer.ok || !row || sheet.querySelector(`[data-row="${CSS.escape(row.dataset.row)}"]`)) throw new Error(list)
      const none = document.getElementById(`${list}.none`)
      if (none) none.checked = false
      button.before(document.adoptNode(row))
      row.querySelector("input:not([type=hidden]),textarea,select")?.focus()
      changed()
    } catch {
      tell(words.offlineWords, true)
    }
  }

  // The rows change places, and their numbers with them, so that they are sent in the order in which they are seen.
  function swap(row, above) {
    const lower = row.dataset.row
    const upper = above.dataset.row
    above.before(row)
    rename(row, lower, "\u0000")
    rename(above, upper, lower)
    rename(row, "\u0000", upper)
    const moved = row.querySelector("[value^='up:']")
    const first = row.querySelector("[value^='remove:']")
    const up = above.querySelector("[value^='up:']")
    if (moved && !up) first.parentElement.before(first.parentElement), above.querySelector(".row-acts").prepend(moved), retitle(moved, above, lower)
    ;(row.querySelector("[value^='up:']") ?? row.querySelector("input:not([type=hidden]),textarea"))?.focus()
  }

  function retitle(button, row, path) {
    button.value = `up:${path}`
    const old = button.textContent
    const title = row.querySelector(":scope > legend").textContent
    button.textContent = old.replace(/“.*”/, () => `“${title}”`)
  }

  function rename(row, from, to) {
    const names = ["name", "id", "for", "aria-describedby", "value", "data-row"]
    for (const one of [row, ...row.querySelectorAll("*")]) {
      for (const name of names) {
        const value = one.getAttribute(name)
        if (value === null || (name === "value" && one.tagName !== "BUTTON")) continue
        const next = value.split(" ").map(part => part.replace(new RegExp(`^((?:up|remove|add|picture):)?${from.replace(/\./g, "\\.")}(?=$|[.-])`), (_, act) => `${act ?? ""}${to}`)).join(" ")
        if (next !== value) one.setAttribute(name, next)
      }
    }
  }

  // --- Pasting -------------------------------------------------------------------------------------------------------
  // One undo brings back the text as it was: the words are put in as if they were typed.
  sheet.addEventListener("paste", async event => {
    const area = event.target
    const html = event.clipboardData?.getData("text/html")
    if (!html || !area.matches("[data-markdown]")) return
    event.preventDefault()
    const plain = event.clipboardData.getData("text/plain")
    const [from, to, before] = [area.selectionStart, area.selectionEnd, area.value]
    let text = plain
    try {
      const body = new FormData()
      body.set("html", html)
      body.set("form_token", sheet.elements.form_token.value)
      const answer = await fetch(sheet.dataset.paste, { method: "POST", body })
      const found = answer.ok ? await answer.json() : {}
      if (found.markdown) {
        text = found.markdown
        if (found.said) tell(found.said)
      } else tell(sheet.dataset.pasteFailed)
    } catch {
      tell(sheet.dataset.pasteFailed)
    }
    // Typed in meanwhile: nothing of that is replaced, and the cursor stays in the field in which somebody writes.
    const active = document.activeElement
    area.focus()
    if (area.value === before) area.setSelectionRange(from, to)
    else area.setSelectionRange(area.selectionEnd, area.selectionEnd)
    document.execCommand("insertText", false, text)
    if (active !== area && active?.matches("input,textarea,select")) active.focus()
  })

  // --- Errors lead to their field, in whatever part it is ------------------------------------------------------------
  sheet.addEventListener("click", event => {
    const link = event.target.closest("a[href^='#']")
    const field = link && document.getElementById(decodeURIComponent(link.hash.slice(1)))
    if (!field) return
    const part = field.closest("details")
    if (part) part.open = true
    if (field.matches("details")) field.open = true
    event.preventDefault()
    field.scrollIntoView({ block: "center" })
    const inner = field.matches("input,textarea,select,button") ? field : field.querySelector("summary,input:not([type=hidden]),textarea")
    ;(inner ?? field).focus({ preventScroll: true })
  })

  document.querySelector("[data-width]")?.addEventListener("click", event => {
    // Only the width changes: the words in the form stay, and the link says the other one.
    const halves = document.querySelector(".desk-halves")
    const wide = halves.classList.toggle("wide")
    const link = event.currentTarget
    const other = link.dataset.other ?? link.dataset.words
    link.dataset.other = link.textContent
    link.textContent = other
    link.href = wide ? "?width=phone" : "?width=wide"
    event.preventDefault()
  })

  offer()
  if (unsaved) keep()
  const focus = sheet.dataset.focus
  if (focus) document.getElementById(focus)?.focus()
}
