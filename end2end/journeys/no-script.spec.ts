// The main job where no script runs: plain forms, links and a page that loads itself again.

import { POSTING_TEXT, RunPage, SAMPLE_PERSON, StartForm } from "../support/pages";
import { expect, test } from "../support/test";

test.use({ javaScriptEnabled: false });

test("the sample becomes a résumé by plain forms", async ({ page }) => {
  await page.goto("/");
  await new StartForm(page).tryIt.click();
  const run = new RunPage(page);
  await run.arrived();
  await run.isDone();
  await run.everyLineHasEvidence();
  const asked = await run.show("Requirements");
  await expect(asked.getByText(/^\d+ of \d+ backed by your evidence/)).toBeVisible();
  await run.show("Pages");
  await run.downloadsSpeakOf(SAMPLE_PERSON);
});

test("the language is chosen by a plain form, and what it cannot change is told", async ({ page }) => {
  await page.goto("/");
  const start = new StartForm(page);
  await start.posting.fill(POSTING_TEXT);
  await start.sample.check();
  await expect(start.language).toHaveValue("");
  await start.language.selectOption({ label: "Deutsch" });
  await start.submit.click();
  const run = new RunPage(page);
  await run.arrived();
  await run.isDone();
  await expect(page.getByText("Headings and dates are in German, as you chose")).toBeVisible();
  await expect(page.getByRole("link", { name: "What the model was asked" })).toHaveCount(0);
  const text = await run.download("Plain text");
  // A heading that no other journey gives a title of its own.
  expect(text.bytes.toString()).toMatch(/ausbildung/i);
});

test("a refused form keeps the language that was chosen", async ({ page }) => {
  await page.goto("/");
  const start = new StartForm(page);
  await start.posting.fill("too short");
  await start.sample.check();
  await start.language.selectOption({ label: "Français" });
  await start.submit.click();
  await expect(page).toHaveURL(/attempt=/);
  await expect(start.language).toHaveValue("fr");
});

test("the page of a run loads itself again until the run is over", async ({ page, world }) => {
  const posting = world.posting("greenhouse.html", { held: true });
  await page.goto("/");
  const start = new StartForm(page);
  await start.posting.fill(posting.url);
  await start.sample.check();
  await start.submit.click();
  const run = new RunPage(page);
  await run.arrived();
  await run.isReading();
  await posting.wasAsked();
  posting.release();
  // Nobody reloads: the page does.
  await run.isDone();
  await expect(page.locator("meta[http-equiv=refresh]")).toHaveCount(0);
});

test("cancel, try again, remove and undo are forms", async ({ page, world }) => {
  const posting = world.posting("greenhouse.html", { held: true });
  await page.goto("/");
  const start = new StartForm(page);
  await start.posting.fill(posting.url);
  await start.sample.check();
  await start.submit.click();
  const run = new RunPage(page);
  const address = await run.arrived();
  await run.cancel.click();
  await expect(page.getByText("You cancelled this run.")).toBeVisible();
  posting.release();
  await run.retry.click();
  await run.isDone();
  await page.goto("/runs");
  const row = page.getByRole("row").filter({ has: page.locator(`a[href="${address}"]`) });
  await row.getByRole("button", { name: /^Remove/ }).click();
  await expect(page).toHaveURL(/\/runs\?removed=/);
  await expect(row).toHaveCount(0);
  await page.getByRole("button", { name: "Undo" }).click();
  await expect(row).toHaveCount(1);
});

test("the list of runs is filtered and sorted by its address", async ({ page }) => {
  await page.goto("/");
  await new StartForm(page).tryIt.click();
  await new RunPage(page).isDone();
  await page.goto("/runs?q=northwind");
  await expect(page.getByRole("row", { name: /Northwind Maps/ }).first()).toBeVisible();
  await page.getByRole("searchbox", { name: "Filter" }).fill("no such employer");
  await page.getByRole("button", { name: "Filter" }).click();
  await expect(page).toHaveURL(/q=no\+such\+employer/);
  await expect(page.getByText("No run matches")).toBeVisible();
  await page.getByRole("link", { name: "Show all runs" }).click();
  await page.getByRole("columnheader", { name: "Posting" }).getByRole("link").click();
  await expect(page).toHaveURL(/sort=title/);
  await expect(page.getByRole("columnheader", { name: "Posting" })).toHaveAttribute("aria-sort", "ascending");
});
