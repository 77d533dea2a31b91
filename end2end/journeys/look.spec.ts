// How pages look: templates, order, titles, and what a machine reads of them.

import type { Locator, Page } from "@playwright/test";

import { RunPage, StartForm, alive, file, fits, isAccessible } from "../support/pages";
import { expect, test } from "../support/test";

/** A finished run of the sample with the panel open. */
async function panel(page: Page): Promise<{ run: RunPage; look: Locator }> {
  await (await new StartForm(page).open()).tryIt.click();
  const run = new RunPage(page);
  await run.arrived();
  await run.isDone();
  const look = page.locator("details.look");
  await look.locator("> summary").click();
  await alive(look.locator("form.look-form"), "submit");
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

/** The photo's part of the panel, and what is in it. */
function photoOf(look: Locator) {
  const part = look.getByRole("group", { name: "Photo" });
  return {
    part,
    file: part.locator("input[type=file]"),
    small: part.getByRole("img", { name: "Your photo" }),
    remove: part.getByRole("button", { name: "Remove photo" }),
    back: part.getByRole("button", { name: "Put it back" }),
    problem: part.getByRole("alert"),
  };
}

test("a photo is given, seen, removed and put back by keyboard alone, and the next run has it", async ({ page }) => {
  const { run, look } = await panel(page);
  const photo = photoOf(look);
  await look.getByRole("radio", { name: /^minimal/ }).check({ force: true });
  await expect(photo.part).toContainText("minimal has no place for a photo. These have: starter, creative.");
  await expect(photo.file).toHaveCount(0);
  await look.getByRole("radio", { name: /^starter/ }).check({ force: true });
  await expect(look.locator("form.look-form")).toHaveAttribute("aria-busy", "false");
  await expect(photo.part).toContainText(/employers in the United States, .* mostly prefer none/);
  await alive(photo.part.locator("form.photo-give"), "submit");
  const without = await picture(page).getAttribute("src");
  await photo.file.focus();
  await photo.file.setInputFiles(file("photos/sideways.jpg"));
  await expect(photo.small).toBeVisible();
  const size = (image: HTMLImageElement) => [image.naturalWidth, image.naturalHeight].join(" × ");
  await expect.poll(() => photo.small.evaluate(size), { message: "it stands upright" }).toBe("720 × 900");
  await expect(picture(page)).not.toHaveAttribute("src", without ?? "");
  await expect(photo.file).toBeFocused();
  await expect(photo.part.getByText("These pages were made without")).toBeHidden();
  await fits(page);
  await isAccessible(page);

  await photo.remove.focus();
  await page.keyboard.press("Enter");
  await expect(photo.small).toHaveCount(0);
  await expect(picture(page)).toHaveAttribute("src", without ?? "");
  await expect(photo.back).toBeFocused();
  await isAccessible(page);
  await page.keyboard.press("Enter");
  await expect(photo.small).toBeVisible();
  await expect(picture(page)).not.toHaveAttribute("src", without ?? "");

  await (await new StartForm(page).open()).tryIt.click();
  await run.arrived();
  await run.isDone();
  await page.locator("details.look > summary").click();
  await expect(photo.small).toBeVisible();
  await photo.remove.click();
  await expect(photo.back).toBeVisible();
});

test("what is no photo is refused at its field, and the one there is stays", async ({ page, expected }) => {
  expected(/status of 422/);
  const { look } = await panel(page);
  const photo = photoOf(look);
  await look.getByRole("radio", { name: /^creative/ }).check({ force: true });
  await alive(photo.part.locator("form.photo-give"), "submit");
  await photo.file.setInputFiles(file("photos/sideways.jpg"));
  await expect(photo.small).toBeVisible();
  await expect(look.locator("form.look-form")).toHaveAttribute("aria-busy", "false");
  for (const [given, words] of [
    [file("photos/moving.png"), /This picture moves/],
    [file("jsonresume/complete_jane.json"), /no PNG or JPEG/],
    [{ name: "large.jpg", mimeType: "image/jpeg", buffer: Buffer.alloc(11 << 20) }, /larger than 10 MB/],
  ] as const) {
    await photo.file.setInputFiles(given);
    await expect(photo.problem).toHaveText(words);
    await expect(photo.file).toHaveAttribute("aria-invalid", "true");
    await expect(photo.file).toHaveAccessibleDescription(words);
    await expect(photo.file).toBeFocused();
    await expect(photo.small).toBeVisible();
  }
  await isAccessible(page);
  await photo.remove.click();
  await expect(photo.back).toBeVisible();
  await expect(photo.problem).toBeHidden();
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

  test("a photo is given, refused, removed and put back by plain forms", async ({ page }) => {
    await page.goto("/");
    await new StartForm(page).tryIt.click();
    const run = new RunPage(page);
    const address = await run.arrived();
    await run.isDone();
    const look = page.locator("details.look");
    const photo = photoOf(look);
    await look.locator("> summary").click();
    await look.getByRole("radio", { name: /^starter/ }).check({ force: true });
    await look.getByRole("button", { name: "Apply" }).click();
    await page.goto(`${address}?photo=shown`);
    const use = look.getByRole("button", { name: "Use photo" });
    await photo.file.setInputFiles(file("photos/sideways.jpg"));
    await use.click();
    await expect(photo.small).toBeVisible();
    await photo.file.setInputFiles(file("photos/moving.png"));
    await use.click();
    await expect(photo.problem).toHaveText(/This picture moves/);
    await expect(photo.small).toBeVisible();
    await photo.remove.click();
    await expect(photo.small).toHaveCount(0);
    await photo.back.click();
    await expect(photo.small).toBeVisible();
    await photo.remove.click();
    await expect(photo.back).toBeVisible();
  });
});
