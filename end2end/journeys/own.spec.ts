// What no file says: written by hand, or asked for, and evidence like any other.

import type { Page } from "@playwright/test";

import { POSTING_TEXT, RunPage, StartForm, alive, file, fits, isAccessible } from "../support/pages";
import { expect, test } from "../support/test";

const LINE = "Ran Kubernetes on AWS for 40 teams, and halved what it cost.";

async function write(page: Page, fields: Record<string, string>): Promise<void> {
  for (const [label, words] of Object.entries(fields)) {
    await page.getByLabel(label, { exact: true }).fill(words);
  }
}

/** Waits until the form is sent by a script. */
async function ready(page: Page, button: string): Promise<void> {
  const form = page.locator("form", { has: page.getByRole("button", { name: button, exact: true }) });
  await alive(form, "submit");
}

test("a position written by hand is evidence, is changed, and carries a résumé by itself", async ({
  page,
  unused,
  expected,
}) => {
  expected(/status of 422/);
  await page.goto(`${unused.url}/evidence`);
  await page.getByRole("link", { name: "Write something" }).click();
  await expect(page.getByRole("heading", { level: 1, name: "A position" })).toBeVisible();
  await isAccessible(page);
  await fits(page);
  await ready(page, "Keep");
  await write(page, { Employer: "Northwind", From: "once upon a time", "What you did": LINE });
  await page.getByRole("button", { name: "Keep", exact: true }).click();
  const from = page.getByLabel("From", { exact: true });
  await expect(from).toBeFocused();
  await expect(from).toHaveAccessibleDescription(/That is no date/);
  await expect(page.getByLabel("Employer")).toHaveValue("Northwind");
  await write(page, { Position: "Platform Enginer", From: "Mar 2020" });
  await page.getByRole("button", { name: "Keep", exact: true }).click();
  await page.waitForURL(/\/evidence$/);
  const row = page.locator("li.record-row", { hasText: "Platform Enginer, Northwind" });
  await expect(row.getByText("Own statement")).toBeVisible();
  await isAccessible(page);
  await fits(page);

  // A slip is mended in its place.
  await row.getByRole("link", { name: /^Change Platform Enginer/ }).click();
  await page.waitForURL(/\/evidence\/write\//);
  await ready(page, "Keep");
  await expect(page.getByLabel("What you did")).toHaveValue(LINE);
  await write(page, { Position: "Platform Engineer" });
  await page.getByRole("button", { name: "Keep", exact: true }).click();
  await page.waitForURL(/\/evidence$/);
  await expect(page.locator("li.record-row", { hasText: "Platform Engineer, Northwind" })).toHaveCount(1);

  // Who it is.
  await page.getByRole("link", { name: "Change what stands at the top" }).click();
  await ready(page, "Keep");
  await write(page, { Name: "Robin Adeyemi", "E-mail": "robin@example.org" });
  await page.getByRole("button", { name: "Keep", exact: true }).click();
  await expect(page.getByText("robin@example.org", { exact: true })).toBeVisible();

  // No file, no account: these words alone make the résumé, and every line says so.
  const start = await new StartForm(page).open(unused.url);
  await start.posting.fill(POSTING_TEXT);
  await start.submit.click();
  const run = new RunPage(page);
  await run.arrived();
  await run.isDone();
  await run.everyLineHasEvidence();
  const text = (await run.download("Plain text")).bytes.toString();
  for (const words of ["Robin Adeyemi", "robin@example.org", "Platform Engineer", LINE]) {
    expect(text).toContain(words);
  }
});

test("what a person says of themselves is never said of the sample's person", async ({ page, unused }) => {
  await page.goto(`${unused.url}/evidence/write?section=head`);
  await ready(page, "Keep");
  await write(page, { Name: "Ines Okonkwo" });
  await page.getByRole("button", { name: "Keep", exact: true }).click();
  await page.waitForURL(/\/evidence$/);
  const start = await new StartForm(page).open(unused.url);
  await start.tryIt.click();
  const run = new RunPage(page);
  await run.arrived();
  await run.isDone();
  const text = (await run.download("Plain text")).bytes.toString();
  expect(text).not.toContain("Ines Okonkwo");
});

test("questions ask for what the evidence lacks, one at a time, by keyboard", async ({ page, unused }) => {
  await page.goto(`${unused.url}/evidence/interview`);
  const question = page.locator("#question");
  await expect(question).toHaveText("What is your name?");
  await expect(page.getByText("Nothing is known about you yet.")).toBeVisible();
  await isAccessible(page);
  await fits(page);
  await ready(page, "Answer");
  await page.getByLabel("Name", { exact: true }).fill("Robin Adeyemi");
  await page.keyboard.press("Enter");
  await expect(question).toHaveText(/e-mail address/);
  await ready(page, "Pass over");
  await page.getByRole("button", { name: "Pass over" }).press("Enter");
  await expect(question).toHaveText("Where have you worked?");
  await page.getByRole("link", { name: "Write it down" }).click();
  await ready(page, "Keep");
  await write(page, { Position: "Platform Engineer", Employer: "Northwind", From: "2020-03", "What you did": "Ran the platform." });
  await page.getByRole("button", { name: "Keep", exact: true }).click();
  await page.waitForURL(/\/evidence\/interview$/);
  await expect(question).toHaveText("What came of your work: Platform Engineer, Northwind?");
  await expect(page.getByText("Ran the platform.")).toBeVisible();
  await isAccessible(page);
  await ready(page, "Answer");
  await page.getByLabel("What came of it").fill(LINE);
  await page.getByRole("button", { name: "Answer" }).click();
  await expect(question).toHaveText("What are you good at?");
  await ready(page, "Answer");
  await page.getByLabel("Skills").fill("Kubernetes, Go, PostgreSQL");
  await page.getByRole("button", { name: "Answer" }).click();
  for (const next of [/Where did you learn/, /Where are you/, /Which languages/, /two or three sentences/]) {
    await expect(question).toHaveText(next);
    await ready(page, "Pass over");
    await page.getByRole("button", { name: "Pass over" }).click();
  }
  await expect(page.getByRole("heading", { name: "Nothing more to ask" })).toBeVisible();
  await isAccessible(page);

  // Every answer is there, and can be taken back; then it is asked again.
  await page.getByRole("link", { name: "All evidence" }).click();
  await expect(page.getByText("Kubernetes, Go, PostgreSQL", { exact: true })).toBeVisible();
  const undo = page.getByRole("button", { name: `Take back: You added: ${LINE}` });
  await alive(page.locator("form", { has: undo }), "submit");
  await undo.click();
  await expect(page.getByRole("link", { name: "Answer 1 question" })).toBeVisible();
});

test.describe("without a script", () => {
  test.use({ javaScriptEnabled: false });

  test("blocks are written and questions answered by plain forms, and nothing typed is lost", async ({
    page,
    unused,
  }) => {
    await page.goto(`${unused.url}/evidence/write?section=education`);
    await write(page, { School: "University of Lagos", From: "2012", Until: "2010" });
    await page.getByRole("button", { name: "Keep", exact: true }).click();
    await expect(page.getByLabel("Until", { exact: true })).toHaveAccessibleDescription(/ends before it begins/);
    await expect(page.getByLabel("School")).toHaveValue("University of Lagos");
    await write(page, { Degree: "BSc", Until: "2016" });
    await page.getByRole("button", { name: "Keep", exact: true }).click();
    await expect(page).toHaveURL(/\/evidence$/);
    await expect(page.getByText("BSc, University of Lagos", { exact: true })).toBeVisible();
    await page.goto(`${unused.url}/evidence/interview`);
    await page.getByRole("button", { name: "Answer" }).click();
    await expect(page.getByLabel("Name", { exact: true })).toHaveAccessibleDescription(/no answer yet/);
    await write(page, { Name: "Robin Adeyemi" });
    await page.getByRole("button", { name: "Answer" }).click();
    await expect(page.locator("#question")).toHaveText(/e-mail address/);
    await page.getByRole("button", { name: "Pass over" }).click();
    await expect(page.locator("#question")).toHaveText("Where have you worked?");
  });
});
