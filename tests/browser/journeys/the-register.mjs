// The administrator adds two made-up organisations, finds them, merges one into the other, takes that back, closes it and
// reopens it; and sees what a college that closes has begun, and would give up.
import { send } from "../people.mjs";

export const title = "add, find, merge, undo, close and reopen organisations, each shown before it is done";

const AT = "/phetchabun/organisations";
const REASON = "ตัวอย่าง: คำสั่งที่ 1/2570";

/** What the form would do is shown; the same page's button does it. */
async function twice(tab, fields) {
  await send(tab, "main form.form", fields);
  await send(tab, "main form", {}, "button.btn-p[type=submit]");
}

export default async function walk({ as, look, expect }) {
  const tab = await (await as("demo-admin"))();
  for (const code of ["SAMPLE-A", "SAMPLE-B"]) {
    await tab.goto(`${AT}/new`);
    await send(tab, "main form.form", { code, name_th: `ตัวอย่าง ศูนย์ ${code}`, reason: REASON });
    await tab.goto(`${AT}/${code}`);
    expect((await tab.locator("h1").innerText()).includes("ตัวอย่าง"), `${code} was not added`);
  }
  // The list is asked by a form without script, and says where nothing fits.
  await tab.goto(AT);
  await send(tab, "main form.filters", { q: "sample-b" });
  expect((await tab.locator("main ul.rows li").count()) === 1, "the words of a code find one organisation");
  await look(tab, "found");
  await send(tab, "main form.filters", { q: "sample-b", closed: "only" });
  expect((await tab.locator("main ul.rows li").count()) === 0, "none of them is closed");
  await look(tab, "nothing-fits");
  await tab.goto(`${AT}/SAMPLE-A/merge`);
  await send(tab, "main form.form", { into: "SAMPLE-B", reason: REASON });
  await look(tab, "merge-shown-before");
  await send(tab, "main form", {}, "button.btn-p[type=submit]");
  for (const language of ["", "/en"]) {
    await tab.goto(`${language}${AT}/SAMPLE-A`);
    await tab.locator('main a[href*="/undo/"]').first().click();
    await tab.waitForURL(/\/undo\//);
    await look(tab, `undo${language.replace("/", "-")}`);
  }
  await twice(tab, { reason: REASON });
  await tab.goto(`${AT}/SAMPLE-A/close`);
  await twice(tab, { reason: REASON });
  for (const language of ["/en", ""]) {
    await tab.goto(`${language}${AT}/SAMPLE-A`);
    await tab.locator('main a[href$="/reopen"]').first().click();
    await tab.waitForURL(/\/reopen$/);
    await look(tab, `reopen${language.replace("/", "-")}`);
  }
  await send(tab, "main form.form", { reason: REASON });
  await tab.goto(`${AT}/SAMPLE-A`);
  await look(tab, "history");
  // A college that has recorded a step closes only when somebody says what becomes of the record; it is named before.
  for (const language of ["", "/en"]) {
    await tab.goto(`${language}${AT}/VEC-POLY-PNB/close`);
    await send(tab, "main form.form", { give_up: true, reason: REASON });
    expect((await tab.locator('main a[href*="/board/VEC-POLY-PNB/"]').count()) >= 1, "what is given up is not named");
    await look(tab, `close-given-up${language.replace("/", "-")}`);
  }
}
