// The main job with the keyboard alone, and the keys that shorten it.

import type { Locator, Page } from "@playwright/test";

import { POSTING_TEXT, RunPage, StartForm, alive } from "../support/pages";
import { expect, test } from "../support/test";

/** Presses Tab until the element has the focus; every stop on the way shows that it has it. */
async function tabTo(page: Page, target: Locator): Promise<void> {
  const focused = () => target.evaluate((element) => element === document.activeElement);
  for (let presses = 0; presses < 150; presses += 1) {
    if (await focused()) return;
    await page.keyboard.press("Tab");
    const seen = await page.evaluate(() => {
      const element = document.activeElement;
      if (!element || element === document.body) return "";
      const { width, height } = element.getBoundingClientRect();
      return width > 0 && height > 0 ? "" : element.outerHTML.slice(0, 200);
    });
    expect(seen, "what has the focus can be seen").toBe("");
  }
  throw new Error(`Tab does not lead to ${target}`);
}

test("from the address bar to a finished résumé and its evidence, by keyboard alone", async ({ page }) => {
  const start = await new StartForm(page).open();
  await page.keyboard.press("Tab");
  await expect(page.getByRole("link", { name: "Skip to the content" })).toBeFocused();
  await page.keyboard.press("Enter");
  await tabTo(page, start.posting);
  await page.keyboard.insertText(POSTING_TEXT);
  await tabTo(page, start.sample);
  await page.keyboard.press("Space");
  await expect(start.sample).toBeChecked();
  await tabTo(page, start.submit);
  await page.keyboard.press("Enter");
  const run = new RunPage(page);
  await run.arrived();
  await run.isDone();

  await tabTo(page, run.marks.first());
  await expect(run.proof).toBeVisible();
  await page.keyboard.press("ArrowDown");
  await expect(run.marks.nth(1)).toBeFocused();
  await page.keyboard.press("Enter");
  await expect(page).toHaveURL(/line=/);
  await expect(run.marks.nth(1)).toHaveAttribute("aria-expanded", "true");
  await expect(run.proof).toBeVisible();

  // Escape closes the innermost, one at a time.
  const help = page.getByRole("dialog", { name: "Keyboard" });
  await page.keyboard.press("?");
  await expect(help).toBeVisible();
  await page.keyboard.press("Escape");
  await expect(help).toBeHidden();
  await expect(page).toHaveURL(/line=/);
  await expect(run.proof).toBeVisible();
  await page.keyboard.press("Escape");
  await expect(run.proof).toBeHidden();
  await expect(page).not.toHaveURL(/line=/);
  await expect(run.marks.nth(1)).toBeFocused();

  await tabTo(page, page.getByRole("link", { name: "Download PDF" }));
  const coming = page.waitForEvent("download");
  await page.keyboard.press("Enter");
  expect((await coming).suggestedFilename()).toMatch(/\.pdf$/);
});

test("keys lead from page to page, and leave typed text alone", async ({ page }) => {
  const start = await new StartForm(page).open();
  await page.keyboard.press("/");
  await expect(start.posting).toBeFocused();
  await page.keyboard.type("gr? a/b");
  await expect(start.posting).toHaveValue("gr? a/b");
  await page.getByRole("heading", { level: 1 }).click();
  await page.keyboard.press("g");
  await page.keyboard.press("r");
  await expect(page).toHaveURL(/\/runs$/);
  await expect(page.getByRole("main")).toBeFocused();
  await page.keyboard.press("g");
  await page.keyboard.press("s");
  await expect(page).toHaveURL(/\/$/);
  await expect(start.posting).toBeVisible();
});

test("the help dialog opens by key and by button, keeps the focus, and gives it back", async ({ page }) => {
  await new StartForm(page).open();
  const button = page.getByRole("button", { name: "Keyboard help" });
  const help = page.getByRole("dialog", { name: "Keyboard" });
  await alive(button, "click");
  await button.focus();
  await page.keyboard.press("Enter");
  await expect(help).toBeVisible();
  await expect(help.getByRole("button", { name: "Close" })).toBeFocused();
  await page.keyboard.press("Enter");
  await expect(help).toBeHidden();
  await expect(button).toBeFocused();
  await page.keyboard.press("?");
  await expect(help).toBeVisible();
  await page.keyboard.press("Escape");
  await expect(help).toBeHidden();
});
