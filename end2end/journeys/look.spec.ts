// How pages look: templates, order, titles, and what a machine reads of them.

import type { Locator, Page } from "@playwright/test";

import { RunPage, StartForm, alive, fits, isAccessible } from "../support/pages";
import { expect, test } from "../support/test";

/** A finished run of the sample with the panel open. */
async function panel(page: Page): Promise<{ run: RunPage; look: Locator }> {
  await (await new StartForm(page).open()).tryIt.click();
  const run = new RunPage(page);
  await run.arrived();
  await run.isDone();
  const look = page.locator("details.look");
  await look.locator("> summary").click();
  await alive(look.locator("form"), "submit");
  return { run, look };
}

/** Where the first page's picture lies: it changes with what is on it. */
const picture = (page: Page) => page.locator(".paper img").first();

test("another template makes other pages of the same lines, and the next run looks so too", async ({ page }) => {
  const { run, look } = await panel(page);
  await run.show("Pages");
  const before = await picture(page).getAttribute("src");
  await expect(look.getByRole("radio")).toHaveCount(10);
  await look.getByRole("radio", { name: /^modern/ }).check({ force: true });
  await expect(picture(page)).not.toHaveAttribute("src", before ?? "");
  await expect(look.locator("> summary")).toHaveText("Look: modern");
  expect(await run.marks.count()).toBeGreaterThan(30);
  await expect(page.locator("details.machine:not(.left-out) > summary")).toHaveText(/all \d+ lines arrive, in order/);
  const made = await picture(page).getAttribute("src");
  await page.reload();
  await expect(picture(page)).toHaveAttribute("src", made ?? "");
  await (await new StartForm(page).open()).tryIt.click();
  await run.arrived();
  await run.isDone();
  await expect(page.locator("details.look > summary")).toHaveText("Look: modern");
});

test("sections move, get titles of one's own and go back, by keyboard alone", async ({ page }) => {
  const { look } = await panel(page);
  await look.locator(".look-sections > summary").click();
  const rows = look.locator(".look-sections li input");
  const first = await rows.first().getAttribute("placeholder");
  const down = look.getByRole("button", { name: `Move ${first} down` });
  await down.focus();
  await page.keyboard.press("Enter");
  await expect(rows.nth(1)).toHaveAttribute("placeholder", first ?? "");
  const back = look.getByRole("button", { name: "Back to the template’s order" });
  await back.focus();
  await page.keyboard.press("Enter");
  await expect(rows.first()).toHaveAttribute("placeholder", first ?? "");
  const title = look.getByRole("textbox", { name: `Title instead of Experience` });
  await title.fill("What I did");
  await page.keyboard.press("Tab");
  const machine = page.locator("details.machine:not(.left-out)");
  await machine.locator("> summary").click();
  await expect(machine.locator("pre")).toContainText("What I did");
});

test("the panel and what a machine reads fit and have no fault for axe", async ({ page }) => {
  await panel(page);
  await page.locator("details.machine:not(.left-out) > summary").click();
  await expect(page.locator("details.machine pre")).toContainText("@example");
  for (const picture of await page.locator(".template img").all()) {
    await picture.scrollIntoViewIfNeeded();
    await expect.poll(() => picture.evaluate((image: HTMLImageElement) => image.naturalWidth)).toBeGreaterThan(200);
  }
  await fits(page);
  await isAccessible(page);
});

test.describe("without a script", () => {
  test.use({ javaScriptEnabled: false });

  test("the panel is a plain form", async ({ page }) => {
    await page.goto("/");
    await new StartForm(page).tryIt.click();
    const run = new RunPage(page);
    await run.arrived();
    await run.isDone();
    const look = page.locator("details.look");
    await look.locator("> summary").click();
    await look.getByRole("radio", { name: /^minimal/ }).check({ force: true });
    await look.getByRole("button", { name: "Apply" }).click();
    await expect(page.locator("details.look > summary")).toHaveText("Look: minimal");
  });
});
