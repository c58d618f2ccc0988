// For editors only: asks twice a second whether the site was built again, and loads the page anew.
const { turn = "" } = /** @type {HTMLScriptElement} */ (document.currentScript).dataset;

async function wait() {
  for (;;) {
    try {
      const answer = await fetch("/draft/-/turn");
      if (answer.ok && (await answer.text()) !== turn) return location.reload();
    } catch {
      // the server is being started again
    }
    await new Promise((done) => setTimeout(done, 500));
  }
}

wait();
