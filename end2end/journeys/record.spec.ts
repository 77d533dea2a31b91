// The evidence page: what sources say, what is decided about them, and taking it back.

import * as fs from "node:fs";
import * as path from "node:path";

import type { Page } from "@playwright/test";

import { POSTING_TEXT, RunPage, StartForm, alive, file, fits, isAccessible } from "../support/pages";
import { expect, test } from "../support/test";

const JANE = "jsonresume/complete_jane.json";

/** The same person once more, as another tool would write it down. */
function otherCopy(folder: string): string {
  const jane = JSON.parse(fs.readFileSync(file(JANE), "utf8"));
  const [job] = jane.work;
  const copy = {
    basics: { name: jane.basics.name },
    work: [{ ...job, name: `${job.name} Inc.`, highlights: ["Kept Kubernetes on AWS quiet for a whole year with Prometheus and Grafana."] }],
  };
  fs.mkdirSync(folder, { recursive: true });
  const where = path.join(folder, "other-copy.json");
  fs.writeFileSync(where, JSON.stringify(copy));
  return where;
}

async function give(page: Page, ...files: string[]): Promise<void> {
  const input = page.getByLabel("Drop files here, or choose them");
  await alive(page.locator("form", { has: input }), "submit");
  await input.setInputFiles(files);
  await page.getByRole("button", { name: "Read", exact: true }).click();
}

test("a file is read at once and shown with the place of every fact", async ({ page, unused }) => {
  await page.goto(`${unused.url}/evidence`);
  await expect(page.getByRole("heading", { name: "No evidence yet" })).toBeVisible();
  await isAccessible(page);
  await give(page, file(JANE));
  await page.waitForURL(/\/evidence\/[0-9a-f-]{36}$/);
  await expect(page.getByRole("heading", { level: 1, name: "complete_jane.json" })).toBeVisible();
  await expect(page.getByText(/^\d+ facts that no other source has$/)).toBeVisible();
  await expect(page.getByText("/basics/name", { exact: true })).toBeVisible();
  await isAccessible(page);
  await fits(page);
  await page.getByRole("link", { name: "All evidence" }).click();
  await expect(page.getByRole("row", { name: /complete_jane\.json JSON Resume/ })).toBeVisible();
  await expect(page.getByRole("heading", { name: "Your record" })).toBeVisible();
  await isAccessible(page);
  await fits(page);
});

test("one job of two sources becomes one when a person says so, and two again when they take it back", async ({
  page,
  unused,
}, info) => {
  await page.goto(`${unused.url}/evidence`);
  await give(page, file(JANE), otherCopy(info.outputDir));
  await expect(page.getByRole("heading", { name: "1 pair may be the same" })).toBeVisible();
  await isAccessible(page);
  await fits(page);
  const merge = page.getByRole("button", { name: /^They are one/ });
  await alive(page.locator("form", { has: merge }), "submit");
  await merge.click();
  await expect(page.getByRole("heading", { name: /may be the same/ })).toHaveCount(0);
  await expect(page.getByRole("heading", { name: "Sources differ in 1 place" })).toBeVisible();
  await isAccessible(page);

  // The other value, by choice.
  const use = page.getByRole("button", { name: /^Use this: .* Inc\.$/ });
  await use.click();
  await expect(page.locator(".value.used")).toContainText("Inc.");

  // A résumé made of both sources has the job once, with the lines of both.
  const start = await new StartForm(page).open(unused.url);
  for (const box of await page.locator("input[name=source]").all()) await box.check();
  await start.posting.fill(POSTING_TEXT);
  await start.submit.click();
  const run = new RunPage(page);
  await run.arrived();
  await run.isDone();
  const text = (await run.download("Plain text")).bytes.toString();
  expect(text).toContain("Kept Kubernetes on AWS quiet for a whole year with Prometheus and Grafana.");
  expect(text.match(/ Inc\./g) ?? []).toHaveLength(1);

  // Taken back, the newest first.
  await page.goto(`${unused.url}/evidence`);
  const undo = page.getByRole("button", { name: /^Take back/ });
  await expect(undo).toHaveCount(2);
  await alive(page.locator("form", { has: undo.first() }).first(), "submit");
  await undo.first().click();
  await expect(undo).toHaveCount(1);
  await undo.first().click();
  await expect(page.getByRole("heading", { name: "1 pair may be the same" })).toBeVisible();
});

test("a GitHub account is kept, read anew, and still there when GitHub is not", async ({
  page,
  unused,
  world,
  expected,
}) => {
  expected(/status of 50[0-9]/);
  await page.goto(`${unused.url}/evidence`);
  const name = page.getByLabel("GitHub user name");
  await alive(page.locator("form", { has: name }), "submit");
  await name.fill("not--a-name");
  await page.getByRole("button", { name: "Read account" }).click();
  await expect(name).toHaveAccessibleDescription(/GitHub has no names like this/);
  await name.fill("contributor-example");
  await page.getByRole("button", { name: "Read account" }).click();
  await page.waitForURL(/\/evidence\/[0-9a-f-]{36}$/);
  await expect(page.getByRole("heading", { level: 1, name: "github.com/contributor-example" })).toBeVisible();
  await expect(page.getByText("Halve the memory of the timer wheel")).toBeVisible();
  await isAccessible(page);
  await fits(page);
  await page.getByRole("link", { name: "All evidence" }).click();
  await expect(page.getByRole("row", { name: /contributor-example GitHub/ })).toBeVisible();
  await isAccessible(page);
  await fits(page);
  await page.getByRole("button", { name: "Read anew: github.com/contributor-example" }).click();
  await page.waitForURL(/\/evidence\/[0-9a-f-]{36}$/);
  world.githubIsOffline = true;
  await page.getByRole("link", { name: "All evidence" }).click();
  await alive(page.locator("form", { has: name }), "submit");
  await name.fill("marisol-example");
  await page.getByRole("button", { name: "Read account" }).click();
  await expect(name).toHaveAccessibleDescription(/GitHub could not be reached/);
  await expect(page.getByRole("row", { name: /contributor-example GitHub/ })).toBeVisible();
});

test("a removed source comes back by undo, and what cannot be read is told at the field", async ({
  page,
  unused,
  expected,
}) => {
  expected(/status of 422/);
  await page.goto(`${unused.url}/evidence`);
  await give(page, file("jsonresume/edge/not_a_resume.json"));
  const input = page.getByLabel("Drop files here, or choose them");
  await expect(input).toHaveAccessibleDescription(/readable but is no résumé/);
  await input.setInputFiles(file(JANE));
  await page.getByRole("button", { name: "Read", exact: true }).click();
  await page.waitForURL(/\/evidence\/[0-9a-f-]{36}$/);
  await page.getByRole("link", { name: "All evidence" }).click();
  await page.getByRole("button", { name: "Remove complete_jane.json" }).click();
  await expect(page.getByRole("heading", { name: "No evidence yet" })).toBeVisible();
  await page.getByRole("button", { name: "Undo" }).click();
  await expect(page.getByRole("row", { name: /complete_jane\.json/ })).toBeVisible();
  // Given again it is the same source, not a second one.
  await give(page, file(JANE));
  await page.waitForURL(/\/evidence\/[0-9a-f-]{36}$/);
  await page.goto(`${unused.url}/evidence`);
  await expect(page.getByRole("row", { name: /complete_jane\.json/ })).toHaveCount(1);
});

test("a PDF stands beside what was read of it, and each piece leads to its place and back", async ({ page, unused }) => {
  await page.goto(`${unused.url}/evidence`);
  await give(page, file("linkedin-pdf/lookalike/dev01_en_typical.pdf"));
  await page.waitForURL(/\/evidence\/[0-9a-f-]{36}$/);
  const picture = page.getByRole("img", { name: "Page 1 of the original" });
  await picture.scrollIntoViewIfNeeded();
  await expect.poll(() => picture.evaluate((image: HTMLImageElement) => image.naturalWidth)).toBeGreaterThan(400);
  await isAccessible(page);
  await fits(page);
  const show = page.getByRole("link", { name: /^Show on the page/ }).first();
  await show.focus();
  await page.keyboard.press("Enter");
  const place = page.locator(".place:target");
  await expect(place).toBeInViewport();
  const words = await place.getAttribute("title");
  await place.click();
  await expect(page.locator(".given:target")).toContainText((words ?? "?").slice(0, 20));
});

test("the newer state of a source says what is gone and takes the earlier one's place", async ({ page, unused }, info) => {
  await page.goto(`${unused.url}/evidence`);
  await give(page, file(JANE));
  await page.waitForURL(/\/evidence\/[0-9a-f-]{36}$/);
  await page.goto(`${unused.url}/evidence`);
  await give(page, otherCopy(info.outputDir));
  await page.waitForURL(/\/evidence\/[0-9a-f-]{36}$/);
  const older = page.getByRole("region", { name: /newer state of a source/ });
  await expect(older.getByText(/^\d+ things stand only there$/)).toBeVisible();
  await isAccessible(page);
  await fits(page);
  const remove = page.getByRole("button", { name: /^Remove the earlier one/ });
  await alive(page.locator("form", { has: remove }), "submit");
  await remove.click();
  await page.waitForURL(/\/evidence\?removed=/);
  await expect(page.getByRole("row", { name: /complete_jane\.json/ })).toHaveCount(0);
  await page.getByRole("button", { name: "Undo" }).click();
  await expect(page.getByRole("row", { name: /complete_jane\.json/ })).toBeVisible();
});

test.describe("without a script", () => {
  test.use({ javaScriptEnabled: false });

  test("files are given, decisions made and taken back by plain forms", async ({ page, unused }, info) => {
    await page.goto(`${unused.url}/evidence`);
    const input = page.getByLabel("Drop files here, or choose them");
    await input.setInputFiles(file("jsonresume/edge/not_a_resume.json"));
    await page.getByRole("button", { name: "Read", exact: true }).click();
    await expect(page).toHaveURL(/\?refused=json_not_a_resume$/);
    await expect(input).toHaveAccessibleDescription(/readable but is no résumé/);
    await input.setInputFiles([file(JANE), otherCopy(info.outputDir)]);
    await page.getByRole("button", { name: "Read", exact: true }).click();
    const name = page.getByLabel("GitHub user name");
    await name.fill("not--a-name");
    await page.getByRole("button", { name: "Read account" }).click();
    await expect(name).toHaveAccessibleDescription(/GitHub has no names like this/);
    await name.fill("empty-example");
    await page.getByRole("button", { name: "Read account" }).click();
    await expect(page).toHaveURL(/\/evidence\/[0-9a-f-]{36}$/);
    await page.goto(`${unused.url}/evidence`);
    await page.getByRole("button", { name: "Read anew: github.com/empty-example" }).click();
    await expect(page).toHaveURL(/\/evidence\/[0-9a-f-]{36}$/);
    await page.goto(`${unused.url}/evidence`);
    await page.getByRole("button", { name: /^They are two/ }).click();
    await expect(page.getByRole("heading", { name: /may be the same/ })).toHaveCount(0);
    await page.getByRole("button", { name: /^Take back/ }).click();
    await expect(page.getByRole("heading", { name: "1 pair may be the same" })).toBeVisible();
    await page.getByRole("button", { name: "Remove other-copy.json" }).click();
    await expect(page).toHaveURL(/\/evidence\?removed=/);
    await page.getByRole("button", { name: "Undo" }).click();
    await expect(page.getByRole("row", { name: /other-copy\.json/ })).toBeVisible();
  });
});
