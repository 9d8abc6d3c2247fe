// The head of an agency invites a coordinator, who records a step with a file; it is sent back, corrected and certified.
// The provincial office reminds of another step and drafts it on the agency's letter: the agency takes the draft over and
// certifies it. The office asks for more about the first one, reads the answer and closes. Then the coordinator leaves and hands everything over, and the auditor reads all of it in the trail.
import { accept, day, invite, send, signIn, signOut } from "../people.mjs";

export const title = "invite, record with a file, send back, correct, certify, remind, draft on behalf, ask for more, hand over, read the trail";

const AT = "/phetchabun";
const NEW = "sample-coordinator";
const NAME = "ตัวอย่าง ผู้ประสานงานคนใหม่";
const WHY = "ตัวอย่าง: โปรดระบุเลขที่หนังสือ";
const REMINDER = "ตัวอย่าง: โปรดรายงานภายในสัปดาห์นี้";
const LETTER = "ตัวอย่าง พศ 0001/9";
const WANTED = "ตัวอย่าง: โปรดระบุจำนวนผู้เข้าร่วม";
const ANSWER = "ตัวอย่าง: ทุกคนในสำนักงานเข้าร่วม";

/** A page that says SAMPLE. */
function pdf() {
  const text = "BT /F1 48 Tf 72 700 Td (SAMPLE) Tj ET";
  const objects = [
    "<< /Type /Catalog /Pages 2 0 R >>",
    "<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
    "<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 4 0 R /Resources << /Font << /F1 5 0 R >> >> >>",
    `<< /Length ${text.length} >>\nstream\n${text}\nendstream`,
    "<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>",
  ];
  let out = "%PDF-1.4\n";
  const places = objects.map((object, i) => {
    const at = out.length;
    out += `${i + 1} 0 obj\n${object}\nendobj\n`;
    return at;
  });
  const table = places.map((at) => `${String(at).padStart(10, "0")} 00000 n \n`).join("");
  out += `xref\n0 ${objects.length + 1}\n0000000000 65535 f \n${table}trailer\n<< /Size ${objects.length + 1} /Root 1 0 R >>\nstartxref\n${out.length}\n%%EOF\n`;
  return Buffer.from(out);
}

export default async function walk({ visitor, as, everybody, look, expect }) {
  const account = (name) => [name, everybody.get(name).password];
  const browsers = { head: await visitor(), coordinator: await visitor(), successor: await visitor(), auditor: await visitor() };

  const head = await browsers.head();
  await head.goto(`${AT}/sign-in`);
  await look(head, "sign-in");
  await signIn(head, "phetchabun", ...account("demo-onab-head"));
  await head.waitForURL(/\/work$/);
  await look(head, "work-of-the-approver");
  const link = await invite(head, "phetchabun", { organisation: "ONAB-PNB", role: "coordinator", name: NAME });
  await look(head, "letter");

  const coordinator = await browsers.coordinator();
  await coordinator.goto(link);
  await look(coordinator, "invitation");
  const password = await accept(coordinator, link, NEW);
  await coordinator.waitForURL(/\/work$/);
  await look(coordinator, "work-of-the-coordinator");
  const again = await browsers.coordinator(410);
  await again.goto(link);
  expect((await again.locator('main [role="alert"]').count()) === 1, "a link that was used does not say so");
  await again.close();

  // The first thing to do is recorded in English, with a file, at first with a mistake.
  await coordinator.goto(`/en${AT}/tasks`);
  await look(coordinator, "tasks");
  await coordinator.locator("main ul.rows a, main .rows a").first().click();
  await coordinator.waitForURL(/\/board\/ONAB-PNB\//);
  const cell = coordinator.url();
  await look(coordinator, "cell-empty");
  const mistaken = await browsers.coordinator(422);
  await mistaken.goto(cell);
  await mistaken.locator('main a[href*="/record"]').first().click();
  await send(mistaken, 'main form[enctype]', { "done_on-day": "31", "done_on-month": "2", "done_on-year": "2570", note: "ตัวอย่าง" });
  expect((await mistaken.locator("#problems li").count()) > 0, "the 31st of February is taken");
  expect((await mistaken.locator('[name="note"]').first().inputValue()) === "ตัวอย่าง", "what was typed is lost");
  await look(mistaken, "record-with-a-mistake");
  const file = [{ name: "ตัวอย่าง คำสั่ง.pdf", mimeType: "application/pdf", buffer: pdf() }];
  await mistaken.close();
  await coordinator.locator('main a[href*="/record"]').first().click();
  await look(coordinator, "record");
  await send(coordinator, "main form[enctype]", { ...day("done_on", "2026-11-10"), note: "ตัวอย่าง", file });
  const paper = coordinator.locator('main a[href*="/files/"]').first();
  expect((await paper.count()) === 1, "the record does not show its file");
  // Asked for inside the page, so that the run sees the address; it is the same file in both languages.
  const address = await paper.getAttribute("href");
  for (const one of [address, address.startsWith("/en/") ? address.slice(3) : `/en${address}`]) {
    const sent = await coordinator.evaluate(async (to) => {
      const answer = await fetch(to);
      return [answer.status, [...new Uint8Array(await answer.arrayBuffer())]];
    }, one);
    expect(sent[0] === 200 && Buffer.from(sent[1]).equals(pdf()), `${one}: the file comes back otherwise than it was sent`);
  }
  await look(coordinator, "cell-recorded");

  const here = cell.replace("/en/", "/");
  await head.goto(here);
  await head.locator("main details summary").first().click();
  await send(head, 'main form[action*="/return"]', { reason: WHY });
  expect((await head.locator("main").innerText()).includes(WHY), "the reason of sending back is not shown");
  await look(head, "sent-back");

  await coordinator.goto(`${AT}/work`);
  expect((await coordinator.locator("main").innerText()).includes(WHY), "my work does not tell why a record came back");
  await coordinator.goto(here);
  await coordinator.locator('main a[href*="/record"]').first().click();
  await look(coordinator, "correct");
  await send(coordinator, "main form[enctype]", { document: "ตัวอย่าง พศ 1/2570" });

  await head.goto(`/en${here.slice(new URL(here).origin.length)}`);
  await send(head, 'main form[action*="/certify"]', {});
  await look(head, "certified");
  await head.goto(`${AT}/board`);
  await look(head, "board-of-the-approver");

  // The office reminds everybody who is late with step 7.2; the coordinator sees it where they work.
  const office = await as("demo-planner");
  const planner = await office();
  await planner.goto(`${AT}/board`);
  await planner.locator('main a[href*="/remind/7.2"]').first().click();
  await planner.waitForURL(/\/remind\/7\.2/);
  await look(planner, "remind");
  await send(planner, 'main form[action*="/remind/7.2"]', { text: REMINDER });
  await look(planner, "reminded");
  await coordinator.goto(`${AT}/work`);
  expect((await coordinator.locator("main").innerText()).includes(REMINDER), "my work does not tell of the reminder");
  await look(coordinator, "work-with-a-reminder");

  // It drafts the step on the agency's letter; the agency takes the draft over, and only then its head certifies it.
  const drafted = `${AT}/board/ONAB-PNB/7.2`;
  await planner.goto(drafted);
  await planner.locator('main a[href*="/draft"]').first().click();
  await look(planner, "draft");
  await send(planner, "main form[enctype]", { letter_number: LETTER, ...day("letter_date", "2026-11-09"), ...day("done_on", "2026-11-10"), note: "ตัวอย่าง", file });
  expect((await planner.locator("main").innerText()).includes(LETTER), "the draft does not show the letter it rests on");
  await look(planner, "drafted");
  await head.goto(drafted);
  expect((await head.locator('main form[action*="/certify"]').count()) === 0, "a draft on behalf can be certified");
  await coordinator.goto(drafted);
  await coordinator.locator('main a[href*="/record"]').first().click();
  await look(coordinator, "take-over");
  await send(coordinator, "main form[enctype]", { note: "ตัวอย่าง ตรวจแล้ว" });
  await head.goto(drafted);
  await send(head, 'main form[action*="/certify"]', {});
  expect((await head.locator("main").innerText()).includes(LETTER), "the mark of the draft is lost when it is certified");
  await look(head, "taken-over-and-certified");

  // It asks for more about the first step: the record keeps its state, the agency answers, the office closes.
  await planner.goto(here);
  await planner.locator("main details summary").first().click();
  await send(planner, 'main form[action*="/ask"]', { wanted: WANTED });
  await look(planner, "asked");
  await coordinator.goto(`${AT}/work`);
  expect((await coordinator.locator("main").innerText()).includes(WANTED), "my work does not tell what more was asked");
  await coordinator.goto(`/en${AT}/tasks`);
  await look(coordinator, "tasks-with-an-inquiry");
  await coordinator.goto(here);
  await look(coordinator, "answer");
  await send(coordinator, 'main form[action*="/answer"]', { answer: ANSWER });
  await planner.goto(`${AT}/work`);
  expect((await planner.locator('main a[href*="/board/ONAB-PNB/"]').count()) > 0, "the office is not told of the answer");
  await planner.goto(here);
  expect((await planner.locator("main").innerText()).includes(ANSWER), "the answer is not shown to whoever asked");
  await look(planner, "answered");
  await send(planner, 'main form[action*="/close"]', {});
  expect((await planner.locator('main form[action*="/close"]').count()) === 0, "what was closed can be closed again");
  await look(planner, "closed");

  // Whoever leaves hands everything over; their session ends, and their password opens nothing.
  await head.goto(`${AT}/people/${NEW}`);
  await look(head, "person");
  await head.locator('main a[href$="/hand-over"]').click();
  await head.waitForURL(/\/hand-over$/);
  await look(head, "hand-over");
  await send(head, 'main form[action$="/hand-over"]', { to: "demo-onab", leaves: true });
  await head.waitForURL(new RegExp(`/people/${NEW}$`));
  await look(head, "person-who-left");
  await head.goto(`${AT}/people?show=former`);
  expect((await head.locator(`main a[href$="/people/${NEW}"]`).count()) > 0, "whoever left cannot be found any more");
  await look(head, "people-who-left");
  await head.goto(`${AT}/people`);
  await look(head, "people");
  await coordinator.goto(`${AT}/work`);
  expect(coordinator.url().includes("/sign-in"), "somebody who left still sees their work");
  const gone = await browsers.coordinator(422);
  await signIn(gone, "phetchabun", NEW, password);
  expect((await gone.locator("#problems").count()) === 1, "somebody who left still signs in");
  await look(gone, "refused");

  const successor = await browsers.successor();
  await signIn(successor, "phetchabun", ...account("demo-onab"));
  await successor.waitForURL(/\/work$/);
  await successor.goto(`/en${AT}/account`);
  await look(successor, "account");
  await signOut(successor);
  await successor.goto(`${AT}/work`);
  expect(successor.url().includes("/sign-in"), "signing out leaves the pages open");

  const auditor = await browsers.auditor();
  await signIn(auditor, "phetchabun", ...account("demo-auditor"));
  await auditor.goto(`${AT}/trail?actor=${NEW}`);
  const told = auditor.locator("main tbody tr");
  expect((await told.count()) >= 3, "the trail does not tell what the coordinator did");
  await look(auditor, "trail");
  await auditor.goto(`/en${AT}/trail?act=step.return`);
  expect((await auditor.locator("main").textContent()).includes(WHY), "the trail does not hold the reason");
  for (const act of ["account.invite", "account.accept_invitation", "step.record", "step.certify", "step.remind", "step.draft_on_behalf", "step.ask_for_more", "step.answer", "step.close_inquiry", "people.hand_over"]) {
    await auditor.goto(`${AT}/trail?act=${act}`);
    expect((await auditor.locator("main tbody tr").count()) > 0, `the trail has no ${act}`);
  }
}
