// The administrator adds two made-up organisations, merges one into the other, takes that back, closes it and reopens it.
import { send } from "../people.mjs";

export const title = "add, merge, undo, close and reopen organisations, each shown before it is done";

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
}
