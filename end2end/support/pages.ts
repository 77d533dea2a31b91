// The pages as a person meets them: by labels, roles and words.

import { execFileSync } from "node:child_process";
import * as fs from "node:fs";
import * as path from "node:path";

import AxeBuilder from "@axe-core/playwright";
import type { Locator, Page } from "@playwright/test";

import { expect } from "./test";
import { FIXTURES, fixture } from "./world";

/** Time for a whole run, on a machine that does other things too. */
const RUN_TIME = 45_000;

/** A posting as a person would paste it. */
export const POSTING_TEXT = fixture("jobs/text/jobsync_backend.txt");

/** The fictional person of the sample. */
export const SAMPLE_PERSON = "Robin Adeyemi-Voss";

declare global {
  interface Window {
    listensTo(target: EventTarget, type: string): boolean;
    noted: { layoutShift: number; shifted: string[] };
  }
}

/** A file of the fixtures, to be chosen in a form. */
export function file(name: string): string {
  return path.join(FIXTURES, name);
}

/** Waits until a script listens to the element: the page has come alive there. */
export async function alive(target: Locator, event: string): Promise<void> {
  const listens = () =>
    target.evaluate((element, event) => window.listensTo(element, event), event);
  await expect.poll(listens, { message: `the page comes alive (${event})` }).toBe(true);
}

/** The form on the start page. */
export class StartForm {
  readonly posting: Locator;
  readonly evidence: Locator;
  readonly sample: Locator;
  readonly github: Locator;
  readonly language: Locator;
  readonly submit: Locator;
  readonly tryIt: Locator;

  constructor(readonly page: Page) {
    this.posting = page.getByLabel("The posting", { exact: true });
    this.evidence = page.getByLabel("Drop files here, or choose them");
    this.sample = page.getByRole("checkbox", { name: "Use the sample person" });
    this.github = page.getByLabel("GitHub user name");
    this.language = page.getByRole("combobox", { name: "Language" });
    this.submit = page.getByRole("button", { name: "Tailor", exact: true });
    this.tryIt = page.getByRole("button", { name: "Tailor the sample" });
  }

  /** Opens the page and waits until its script works. */
  async open(site = ""): Promise<this> {
    await this.page.goto(`${site}/`);
    await alive(this.page.locator("form", { has: this.posting }), "submit");
    return this;
  }

  /** Leaves out what earlier journeys gave. */
  async forgetEarlierEvidence(): Promise<void> {
    const ticked = this.page.locator("input[name=source]:checked");
    while ((await ticked.count()) > 0) await ticked.first().uncheck();
  }

  /** Names a GitHub account. */
  async nameGithub(name: string): Promise<void> {
    await this.page.getByText("Add a GitHub account").click();
    await this.github.fill(name);
  }

  /** The message stands at its field, the field says so and has the focus. */
  async isRefusedAt(field: Locator, message: RegExp): Promise<void> {
    await expect(field).toHaveAttribute("aria-invalid", "true");
    await expect(field).toHaveAccessibleDescription(message);
    const ids = ((await field.getAttribute("aria-describedby")) ?? "").split(" ");
    const told = this.page.locator(ids.map((id) => `#${id}[role=alert]`).join(","));
    await expect(told).toHaveText(message);
    await expect(told).toBeVisible();
    await expect(field).toBeFocused();
  }
}

/** The page of a run. */
export class RunPage {
  readonly stages: Locator;
  readonly cancel: Locator;
  readonly retry: Locator;
  readonly papers: Locator;
  readonly marks: Locator;
  readonly proof: Locator;

  constructor(readonly page: Page) {
    this.stages = page.getByRole("list", { name: "Stages" }).getByRole("listitem");
    this.cancel = page.getByRole("button", { name: "Cancel" });
    this.retry = page.getByRole("button", { name: "Try again" });
    this.papers = page.getByRole("img", { name: /^Page \d+ of the résumé$/ });
    this.marks = page.getByRole("button", { name: /Rests on/ });
    this.proof = page.getByRole("complementary").filter({ has: page.getByRole("blockquote") });
  }

  /** Waits until the browser is on a run's page; gives its address. */
  async arrived(): Promise<string> {
    await this.page.waitForURL(/\/runs\/[0-9a-f-]{36}/);
    return new URL(this.page.url()).pathname;
  }

  /** The first stage is under way, the others wait. */
  async isReading(): Promise<void> {
    await expect(this.stages).toHaveCount(5);
    await expect(this.stages.first()).toContainText("Working");
    for (const later of [1, 2, 3, 4]) {
      await expect(this.stages.nth(later)).toContainText("Waiting");
    }
  }

  /** All five stages are through, and the pages are there to be seen. */
  async isDone(): Promise<void> {
    await expect(this.stages).toHaveCount(5);
    const names = ["Scrape", "Analyze", "Generate", "Verify", "Compile"];
    for (const [position, name] of names.entries()) {
      const stage = this.stages.nth(position);
      await expect(stage).toContainText(name);
      await expect(stage).toContainText("Done", { timeout: RUN_TIME });
      await expect(stage).toContainText(/\d m?s/);
    }
    await expect(this.papers.first()).toBeVisible();
    const drawn = (image: HTMLImageElement) => image.complete && image.naturalWidth > 0;
    for (const paper of await this.papers.all()) {
      await expect.poll(() => paper.evaluate(drawn), { message: "the page's picture" }).toBe(true);
    }
  }

  /** Brings a pane to the front where there is room for one only. */
  async show(pane: "Evidence" | "Pages" | "Requirements"): Promise<Locator> {
    const tab = this.page.getByRole("navigation", { name: "Show" }).getByRole("link", { name: pane });
    if (await tab.isVisible()) {
      await tab.click();
      await expect(tab).toHaveAttribute("aria-current", "true");
    }
    const headings = {
      Evidence: "What each line rests on",
      Pages: "Your résumé",
      Requirements: "What the posting asks for",
    };
    const shown = this.page.getByRole("region", { name: headings[pane] });
    await expect(shown).toBeVisible();
    return shown;
  }

  /** Every line of the document says on what it rests. */
  async everyLineHasEvidence(): Promise<void> {
    const lines = (await this.show("Evidence")).locator("li.evidence-line");
    const count = await lines.count();
    expect(count).toBeGreaterThan(3);
    for (const line of await lines.all()) {
      const facts = line.locator("ul.facts > li");
      expect(await facts.count(), await line.innerText()).toBeGreaterThan(0);
      for (const part of [".mark", ".source", ".locator"]) {
        await expect(facts.first().locator(part)).not.toBeEmpty();
      }
    }
    await this.show("Pages");
    expect(await this.marks.count()).toBe(count);
  }

  /** Downloads a file; gives its bytes and the name it is saved under. */
  async download(link: string): Promise<{ bytes: Buffer; name: string; path: string }> {
    const coming = this.page.waitForEvent("download");
    await this.page.getByRole("link", { name: link }).click();
    const download = await coming;
    const where = await download.path();
    return { bytes: fs.readFileSync(where), name: download.suggestedFilename(), path: where };
  }

  /** All three downloads are what they should be and speak of the person. */
  async downloadsSpeakOf(name: string): Promise<void> {
    const pdf = await this.download("Download PDF");
    expect(pdf.name).toMatch(/\.pdf$/);
    expect(pdf.bytes.subarray(0, 5).toString()).toBe("%PDF-");
    expect(execFileSync("pdftotext", [pdf.path, "-"]).toString()).toContain(name);
    const text = await this.download("Plain text");
    expect(text.name).toMatch(/\.txt$/);
    expect(text.bytes.toString()).toContain(name);
    const json = await this.download("JSON Resume");
    expect(json.name).toMatch(/\.json$/);
    expect(JSON.parse(json.bytes.toString()).basics.name).toBe(name);
  }
}

/** axe finds nothing, in light and in dark. */
export async function isAccessible(page: Page): Promise<void> {
  for (const colorScheme of ["light", "dark"] as const) {
    // Colours half way through a transition are nobody's choice.
    await page.emulateMedia({ colorScheme, reducedMotion: "reduce" });
    const { violations } = await new AxeBuilder({ page }).analyze();
    const found = violations.map(({ id, help, nodes }) => ({
      id,
      help,
      at: nodes.slice(0, 3).map((node) => `${node.target.join(" ")} ${node.failureSummary}`),
    }));
    expect(found, `in ${colorScheme}`).toEqual([]);
  }
  await page.emulateMedia({ colorScheme: null, reducedMotion: null });
}

/** Nothing is wider than the screen. */
export async function fits(page: Page): Promise<void> {
  const wide = await page.evaluate((width) => {
    const out = [...document.querySelectorAll("body *")].filter((element) => {
      const { right, width: own } = element.getBoundingClientRect();
      return own > 1 && right > width + 1;
    });
    return {
      width: document.documentElement.scrollWidth,
      out: out.slice(0, 5).map((element) => element.outerHTML.slice(0, 120)),
    };
  }, page.viewportSize()?.width ?? 0);
  expect(wide.width, `sideways: ${wide.out.join("\n")}`).toBeLessThanOrEqual(
    page.viewportSize()?.width ?? 0,
  );
}
