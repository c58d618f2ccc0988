// @ts-check
/**
 * Checks a receipt's file in this browser, with WebCrypto alone. Nothing is sent anywhere. The same rules as
 * widget/ledger/receipt_file.py: a signature over the whole file, a tlog-proof for each entry, one signed head.
 */
{
  /** @typedef {{origin: string, id: string, key: CryptoKey}} Verifier */
  const text = new TextEncoder();
  const place = /** @type {HTMLElement} */ (document.getElementById("verify"));
  const verdict = /** @type {HTMLElement} */ (document.getElementById("verdict"));
  const file = /** @type {HTMLInputElement} */ (document.getElementById("file"));
  const shown = /** @type {HTMLTextAreaElement} */ (document.getElementById("key"));

  class Broken extends Error {}

  /** @param {unknown} good */
  const must = (good) => {
    if (!good) throw new Broken();
  };

  /** Base64 that has only one way to be written. @param {string} said */
  const decoded = (said) => {
    let bytes = "";
    try {
      bytes = atob(said);
    } catch {
      throw new Broken();
    }
    must(btoa(bytes) === said);
    return Uint8Array.from(bytes, (sign) => sign.charCodeAt(0));
  };

  /** @param {Uint8Array} value */
  const hex = (value) => Array.from(value, (byte) => byte.toString(16).padStart(2, "0")).join("");

  /** @param {Uint8Array[]} parts */
  const joined = (...parts) => {
    const whole = new Uint8Array(parts.reduce((size, part) => size + part.length, 0));
    let at = 0;
    for (const part of parts) {
      whole.set(part, at);
      at += part.length;
    }
    return whole;
  };

  /** @param {Uint8Array[]} parts */
  const sha256 = async (...parts) => new Uint8Array(await crypto.subtle.digest("SHA-256", joined(...parts)));

  /** RFC 8785 JSON. @param {any} value @returns {string} */
  const canonical = (value) => {
    if (Array.isArray(value)) return `[${value.map(canonical).join(",")}]`;
    if (value && typeof value === "object") {
      const members = Object.keys(value).sort();
      return `{${members.map((name) => `${JSON.stringify(name)}:${canonical(value[name])}`).join(",")}}`;
    }
    must(typeof value !== "number" || Number.isSafeInteger(value));
    return JSON.stringify(value);
  };

  /** A C2SP vkey: name+id+key. @param {string} said @returns {Promise<Verifier>} */
  const verifierOf = async (said) => {
    const [origin, id, ...rest] = said.trim().split("+");
    const material = decoded(rest.join("+"));
    must(material.length === 33 && material[0] === 1);
    const hashed = await sha256(text.encode(`${origin}\n`), material);
    must(hex(hashed.slice(0, 4)) === id);
    const key = await crypto.subtle.importKey("raw", material.slice(1), { name: "Ed25519" }, false, ["verify"]);
    return { origin, id, key };
  };

  /** @param {Verifier} verifier @param {Uint8Array} signature @param {Uint8Array} said */
  const signed = async (verifier, signature, said) =>
    must(signature.length === 64 && (await crypto.subtle.verify({ name: "Ed25519" }, verifier.key, signature, said)));

  /** @param {string} said */
  const number = (said) => {
    must(/^(0|[1-9][0-9]{0,14})$/.test(said));
    return Number(said);
  };

  /** @param {string} checkpoint @param {Verifier} verifier */
  const headOf = async (checkpoint, verifier) => {
    const cut = checkpoint.indexOf("\n\n");
    must(cut > 0);
    const note = checkpoint.slice(0, cut + 1);
    const mine = `— ${verifier.origin} `;
    const line = checkpoint.slice(cut + 2).split("\n").find((one) => one.startsWith(mine) && hex(decoded(one.slice(mine.length)).slice(0, 4)) === verifier.id);
    must(line);
    await signed(verifier, decoded(String(line).slice(mine.length)).slice(4), text.encode(note));
    const [origin, size, root] = note.split("\n");
    must(origin === verifier.origin);
    return { size: number(size), root: decoded(root) };
  };

  /** RFC 9162 section 2.1.3.2. @param {number} index @param {number} size @param {Uint8Array} leaf @param {Uint8Array[]} path @param {Uint8Array} root */
  const included = async (index, size, leaf, path, root) => {
    must(index < size);
    const node = new Uint8Array([1]);
    let [at, last, hash] = [index, size - 1, leaf];
    for (const sibling of path) {
      must(last !== 0 && sibling.length === 32);
      if (at % 2 === 1 || at === last) {
        hash = await sha256(node, sibling, hash);
        while (at % 2 === 0 && at !== 0) [at, last] = [Math.floor(at / 2), Math.floor(last / 2)];
      } else {
        hash = await sha256(node, hash, sibling);
      }
      [at, last] = [Math.floor(at / 2), Math.floor(last / 2)];
    }
    must(last === 0 && hex(hash) === hex(root));
  };

  /** @param {string} content @param {string} key @param {number} last The largest size that this key signed. */
  const check = async (content, key, last) => {
    const verifier = await verifierOf(key);
    let receipt;
    try {
      receipt = JSON.parse(content);
    } catch {
      throw new Broken();
    }
    must(receipt && typeof receipt === "object" && Array.isArray(receipt.leaves) && Array.isArray(receipt.proof));
    const { signature, ...rest } = receipt;
    const { leaves, proof, checkpoint } = rest;
    must([...leaves, ...proof, checkpoint, signature].every((one) => typeof one === "string"));
    must(leaves.length > 0 && leaves.length === proof.length);
    const statement = text.encode(`noticeboard receipt v1\n${verifier.origin}\n${canonical(rest)}`);
    await signed(verifier, decoded(signature), statement);
    must((await headOf(checkpoint, verifier)).size <= last);
    for (const [place, leaf] of leaves.entries()) {
      const cut = proof[place].indexOf("\n\n");
      must(cut > 0 && proof[place].slice(cut + 2) === checkpoint);
      const [kind, index, ...path] = proof[place].slice(0, cut).split("\n");
      must(kind === "c2sp.org/tlog-proof@v1" && index.startsWith("index "));
      const head = await headOf(proof[place].slice(cut + 2), verifier);
      const hash = await sha256(new Uint8Array([0]), text.encode(leaf));
      await included(number(index.slice(6)), head.size, hash, path.map(decoded), head.root);
    }
  };

  /** With the key that is shown, or one that the log had before. @param {string} content */
  const checkWithAny = async (content) => {
    const own = shown.value === shown.defaultValue;
    const earlier = own ? (place.dataset.earlier || "").split(",").filter(Boolean) : [];
    try {
      await check(content, shown.value, Infinity);
    } catch (error) {
      for (const [key, last] of earlier.map((one) => one.split(" "))) {
        try {
          return await check(content, key, Number(last));
        } catch {
          continue;
        }
      }
      throw error;
    }
  };

  const judge = async () => {
    const chosen = file.files && file.files[0];
    if (!chosen) return;
    verdict.textContent = "";
    const content = new TextDecoder("utf-8", { fatal: true });
    let outcome = "whole";
    try {
      await checkWithAny(content.decode(await chosen.arrayBuffer()));
    } catch (error) {
      const unable = error instanceof DOMException && error.name === "NotSupportedError";
      outcome = unable || !globalThis.crypto?.subtle ? "unable" : "broken";
    }
    verdict.className = outcome;
    verdict.textContent = place.dataset[outcome] || "";
  };

  file.addEventListener("change", judge);
  shown.addEventListener("change", judge);
  judge(); // of a file that was chosen while this script was on its way, or put back by the browser
}
