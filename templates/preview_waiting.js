// For editors only: waits for the next change on behalf of all open pages, as browsers open few connections to one server.
const waiting = new BroadcastChannel("preview");

async function wait() {
  let turn = "";
  for (;;) {
    try {
      const answer = await fetch(`/draft/-/turn?after=${turn}`, { cache: "no-store" });
      if (!answer.ok) throw new Error(answer.statusText);
      turn = await answer.text();
      waiting.postMessage(turn);
    } catch {
      await new Promise((done) => setTimeout(done, 250)); // the server is being started again
    }
  }
}

wait();
