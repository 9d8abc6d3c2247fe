// Weighs the first load of a page: what a browser that was never here gets over the wire, compressed, before it scrolls.
import { quiet } from "./look.mjs";

/** The heaviest that a home may be, fonts included: 160 kB. */
export const MOST = 160_000;

const kinds = { Document: "document", Stylesheet: "css", Script: "js", Font: "fonts" };

/** Bytes by kind as transferred, and apart from them what came only with scrolling (charts). */
export async function weigh(browser, url, width) {
  const context = await browser.newContext({ viewport: { width, height: 900 } });
  const tab = await context.newPage();
  const settled = quiet(tab);
  const session = await context.newCDPSession(tab);
  await session.send("Network.enable");
  const types = new Map();
  let sum = { document: 0, css: 0, js: 0, fonts: 0, other: 0 };
  session.on("Network.responseReceived", ({ requestId, type }) => types.set(requestId, type));
  session.on("Network.loadingFinished", ({ requestId, encodedDataLength }) => {
    sum[kinds[types.get(requestId)] ?? "other"] += encodedDataLength;
  });
  await tab.goto(url, { waitUntil: "load" });
  await settled();
  const first = sum;
  sum = { document: 0, css: 0, js: 0, fonts: 0, other: 0 };
  await tab.evaluate(async () => {
    for (let y = 0; y < document.body.scrollHeight; y += 500) {
      scrollTo(0, y);
      await new Promise((done) => setTimeout(done, 50));
    }
  });
  await settled();
  await context.close();
  const total = (of) => Object.values(of).reduce((a, b) => a + b, 0);
  return { first, total: total(first), later: total(sum) };
}
