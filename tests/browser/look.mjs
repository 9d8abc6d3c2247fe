// Looks at one page: errors, failed requests, sideways scrolling, Thai that is clipped or too tight, accessibility.
import { createRequire } from "node:module";
import { readFileSync } from "node:fs";

const axe = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");
const RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"];

/** Tells everything that goes wrong in a tab from now on; `expected` is a status that is no fault. */
export function listen(tab, wrong, expected = 200) {
  tab.on("console", (message) => {
    const own = expected !== 200 && message.text().includes(`status of ${expected}`);
    if (["error", "warning"].includes(message.type()) && !own) wrong(`console: ${message.text()}`);
  });
  tab.on("pageerror", (error) => wrong(`script: ${error.message}`));
  // A page that is left takes what it still waits for with it.
  tab.on("requestfailed", (request) => request.failure()?.errorText !== "net::ERR_ABORTED" && wrong(`request: ${request.url()} ${request.failure()?.errorText}`));
}

/** Waits until nothing has been under way for a moment. */
export function quiet(tab, moment = 120) {
  let under_way = 0;
  let last = Date.now();
  tab.on("request", () => (under_way += 1));
  for (const end of ["requestfinished", "requestfailed"]) {
    tab.on(end, () => {
      under_way -= 1;
      last = Date.now();
    });
  }
  return async () => {
    const patience = Date.now() + 15_000;
    while (under_way > 0 || Date.now() - last < moment) {
      if (Date.now() > patience) throw new Error("requests did not come to an end");
      await new Promise((done) => setTimeout(done, 20));
    }
  };
}

/** Opens a page at its first sight and again as it is after scrolling, and tells what is wrong with it. */
export async function open(tab, url, wrong, expected = 200) {
  listen(tab, wrong, expected);
  const settled = quiet(tab);
  const answer = await tab.goto(url, { waitUntil: "load" });
  if (answer.status() !== expected) wrong(`status ${answer.status()}, expected ${expected}`);
  await settled();
  // What loads only when seen is seen once, from top to bottom.
  await tab.evaluate(async () => {
    for (let y = 0; y < document.body.scrollHeight; y += 700) {
      scrollTo(0, y);
      await new Promise((done) => setTimeout(done, 30));
    }
    scrollTo(0, 0);
    await document.fonts.ready;
  });
  await settled();
}

/** Everything about the page as it stands. */
export async function examine(tab, wrong) {
  (await tab.evaluate(seen)).forEach(wrong);
  await tab.evaluate(() => {
    for (const details of document.querySelectorAll("main details")) details.open = true;
  });
  // The policy of the pages refuses scripts from elsewhere; the checker comes in through the debugger.
  const session = await tab.context().newCDPSession(tab);
  await session.send("Runtime.evaluate", { expression: axe });
  const { violations } = await tab.evaluate((rules) => window.axe.run(document, { runOnly: rules, resultTypes: ["violations"] }), RULES);
  for (const { id, help, nodes } of violations) {
    wrong(`axe ${id}: ${help} (${nodes.length}×, first ${nodes[0].target.join(" ")}: ${nodes[0].failureSummary.split("\n")[1]?.trim()})`);
  }
}

/** Runs in the page. */
function seen() {
  const found = [];
  const wide = document.documentElement.scrollWidth - document.documentElement.clientWidth;
  if (wide > 0) {
    const outside = [...document.querySelectorAll("body *")]
      .filter((at) => at.getBoundingClientRect().right > document.documentElement.clientWidth + 1 && !at.closest(".tw, .sr"))
      .slice(0, 3)
      .map((at) => `${at.tagName.toLowerCase()}.${at.className?.baseVal ?? at.className}`);
    found.push(`scrolls sideways by ${wide} px (${outside.join(", ")})`);
  }
  const thai = /[\u0E00-\u0E7F]/;
  const told = new Set();
  for (const at of document.querySelectorAll("body *")) {
    const own = [...at.childNodes].some((node) => node.nodeType === 3 && thai.test(node.data));
    if (!own || !at.checkVisibility() || at.closest("svg, .sr, .skip, option, script")) continue;
    const style = getComputedStyle(at);
    const ratio = parseFloat(style.lineHeight) / parseFloat(style.fontSize);
    const called = `${at.tagName.toLowerCase()}.${at.className} “${at.textContent.trim().slice(0, 24)}”`;
    const say = (what) => !told.has(what + at.className) && told.add(what + at.className) && found.push(`${what}: ${called}`);
    if (ratio < 1.59) say(`Thai at a line height of ${ratio.toFixed(2)}`);
    if (style.overflowY === "hidden" && at.scrollHeight > at.clientHeight + 1) say("clipped text");
    if (style.fontStyle === "italic" || parseFloat(style.letterSpacing) > 0) say("italic or spaced Thai");
  }
  // A key of a sentence that is missing in the language shows itself.
  const key = /^(act|account|board|form|invite|invitation|issue|link|page|people|role|second_factor|sign_in|step|trail|ui|user)(\.[a-z_0-9]+)+$/;
  const words = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  for (let node = words.nextNode(); node; node = words.nextNode()) {
    const text = node.data.replaceAll("\u200b", "").trim();
    if (key.test(text) && !node.parentElement.closest("pre, script")) found.push(`a key without words: ${text}`);
  }
  const h1 = document.querySelectorAll("h1").length;
  if (h1 !== 1) found.push(`${h1} headings h1`);
  return found;
}
