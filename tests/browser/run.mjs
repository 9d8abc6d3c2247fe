// Opens every page in Thai and English at phone and desktop width and fails on errors in the console, failed requests,
// sideways scrolling, clipped Thai text and violations of accessibility rules. Screenshots go to target/browser/.
//
//   node run.mjs http://127.0.0.1:8080 /phetchabun/ /phetchabun/about …     (pages in Thai; English is added)
//   options: --out=DIR  --no-screenshots  --expect=404:/phetchabun/nothing
import { createRequire } from "node:module";
import { existsSync, mkdirSync, readFileSync } from "node:fs";
import { delimiter, dirname, join, resolve } from "node:path";
import { fileURLToPath } from "node:url";
import { chromium } from "playwright-core";

const here = dirname(fileURLToPath(import.meta.url));
const options = process.argv.slice(2).filter((arg) => arg.startsWith("--"));
const [base, ...asked] = process.argv.slice(2).filter((arg) => !arg.startsWith("--"));
const option = (name) => options.find((arg) => arg.startsWith(`--${name}=`))?.slice(name.length + 3);
if (!base || asked.length === 0) {
  console.error("usage: node run.mjs BASE-URL PAGE… [--out=DIR] [--no-screenshots] [--expect=STATUS:PAGE]");
  process.exit(2);
}
const out = resolve(option("out") ?? join(here, "../../target/browser"));
const shoot = !options.includes("--no-screenshots");
const expected = new Map(
  options.filter((arg) => arg.startsWith("--expect=")).map((arg) => {
    const [, status, page] = arg.match(/^--expect=(\d+):(.*)$/);
    return [page, Number(status)];
  }),
);
const widths = [390, 1440];

/** Chromium of the machine: CHROMIUM, then the search path, then where Debian puts it. */
function browserPath() {
  const names = ["chromium", "chromium-browser", "google-chrome"];
  const found = [
    process.env.CHROMIUM,
    ...(process.env.PATH ?? "").split(delimiter).flatMap((dir) => names.map((name) => join(dir, name))),
    "/usr/bin/chromium",
  ].find((path) => path && existsSync(path));
  if (!found) {
    console.error("Chromium was not found. Type: apt-get install chromium   (or set CHROMIUM to its path)");
    process.exit(2);
  }
  return found;
}

const root = process.getuid?.() === 0;
const browser = await chromium.launch({
  executablePath: browserPath(),
  args: [
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-dev-shm-usage",
    "--no-first-run",
    ...(root ? ["--no-sandbox"] : []),
  ],
});
const axe = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");
if (shoot) mkdirSync(out, { recursive: true });

/** Every page in both languages. */
const pages = asked.flatMap((page) => [page, `/en${page}`]);
const problems = [];
let looked = 0;
let heaviest = { bytes: 0, page: "" };

for (const width of widths) {
  const context = await browser.newContext({ viewport: { width, height: 900 }, deviceScaleFactor: 1, reducedMotion: "reduce" });
  for (const path of pages) {
    const name = `${path.replace(/^\//, "").replace(/[^a-z0-9.]+/gi, "-").replace(/-$/, "") || "root"}-${width}`;
    const wrong = (what) => problems.push(`${path} at ${width} px: ${what}`);
    const tab = await context.newPage();
    const wanted = expected.get(path) ?? expected.get(path.replace(/^\/en/, "")) ?? 200;
    tab.on("console", (message) => {
      const own = wanted !== 200 && message.text().includes(`status of ${wanted}`);
      if (["error", "warning"].includes(message.type()) && !own) wrong(`console: ${message.text()}`);
    });
    tab.on("pageerror", (error) => wrong(`script: ${error.message}`));
    tab.on("requestfailed", (request) => wrong(`request: ${request.url()} ${request.failure()?.errorText}`));
    let bytes = 0;
    const session = await context.newCDPSession(tab);
    await session.send("Network.enable");
    // The cache of one page must not make the next one look light.
    await session.send("Network.setCacheDisabled", { cacheDisabled: true });
    session.on("Network.loadingFinished", ({ encodedDataLength }) => (bytes += encodedDataLength));
    const answer = await tab.goto(new URL(path, base).href, { waitUntil: "networkidle" });
    if (answer.status() !== wanted) wrong(`status ${answer.status()}, expected ${wanted}`);
    if (bytes > heaviest.bytes) heaviest = { bytes, page: `${path} at ${width} px` };
    // What loads only when seen is seen once, from top to bottom.
    await tab.evaluate(async () => {
      for (let y = 0; y < document.body.scrollHeight; y += 700) {
        scrollTo(0, y);
        await new Promise((done) => setTimeout(done, 30));
      }
      scrollTo(0, 0);
    });
    await tab.waitForLoadState("networkidle");
    await tab.waitForTimeout(150);

    const found = await tab.evaluate(() => {
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
      const seen = new Set();
      for (const at of document.querySelectorAll("body *")) {
        const own = [...at.childNodes].some((node) => node.nodeType === 3 && thai.test(node.data));
        if (!own || !at.checkVisibility() || at.closest("svg, .sr, .skip, option, script")) continue;
        const style = getComputedStyle(at);
        const ratio = parseFloat(style.lineHeight) / parseFloat(style.fontSize);
        const called = `${at.tagName.toLowerCase()}.${at.className} “${at.textContent.trim().slice(0, 24)}”`;
        const say = (what) => !seen.has(what + at.className) && seen.add(what + at.className) && found.push(`${what}: ${called}`);
        if (ratio < 1.59) say(`Thai at a line height of ${ratio.toFixed(2)}`);
        if (style.overflowY === "hidden" && at.scrollHeight > at.clientHeight + 1) say("clipped text");
        if (style.fontStyle === "italic" || parseFloat(style.letterSpacing) > 0) say("italic or spaced Thai");
      }
      const h1 = document.querySelectorAll("h1").length;
      if (h1 !== 1) found.push(`${h1} headings h1`);
      return found;
    });
    found.forEach(wrong);

    await tab.evaluate(() => {
      for (const details of document.querySelectorAll("main details")) details.open = true;
    });
    // The policy of the pages refuses scripts from elsewhere; the checker comes in through the debugger.
    await session.send("Runtime.evaluate", { expression: axe });
    const { violations } = await tab.evaluate(() =>
      window.axe.run(document, { runOnly: ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"] }),
    );
    for (const { id, help, nodes } of violations) {
      wrong(`axe ${id}: ${help} (${nodes.length}×, first ${nodes[0].target.join(" ")}: ${nodes[0].failureSummary.split("\n")[1]?.trim()})`);
    }
    if (shoot) await tab.screenshot({ path: join(out, `${name}.png`), fullPage: true });
    looked += 1;
    await tab.close();
  }
  await context.close();
}
await browser.close();

console.log(`${looked} views of ${pages.length} pages; heaviest first load ${(heaviest.bytes / 1000).toFixed(1)} kB: ${heaviest.page}`);
if (shoot) console.log(`screenshots in ${out}`);
if (problems.length > 0) {
  console.error(`\n${problems.length} problems:\n${problems.join("\n")}`);
  process.exit(1);
}
