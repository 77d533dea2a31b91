// What every journey stands on: a server for each worker, the world outside it, and a browser whose
// console must stay empty.

import { test as base } from "@playwright/test";

import { Mind } from "./mind";
import { Site } from "./site";
import { World } from "./world";

export { expect } from "@playwright/test";

/** Messages a journey is right to cause. */
type Expected = (message: RegExp) => void;

interface Journey {
  /** A server that nobody has used, for this journey alone. */
  unused: Site;
  /** A server that asks a model, and the model. */
  clever: { site: Site; mind: Mind };
  /** Says which console messages or server faults belong to the journey. */
  expected: Expected;
  /** What the guard holds against the journey: patterns that are fine. */
  allowed: RegExp[];
  watched: void;
}

interface Shared {
  world: World;
  site: Site;
}

/** Notes which listeners elements have: only so can be told that a page has come alive. */
function noteListeners(): void {
  const known = new WeakMap<EventTarget, Set<string>>();
  const add = EventTarget.prototype.addEventListener;
  EventTarget.prototype.addEventListener = function (this: EventTarget, type: string, ...rest) {
    const target = this ?? window;
    known.set(target, (known.get(target) ?? new Set()).add(type));
    return add.call(target, type, ...(rest as [EventListener]));
  };
  Object.assign(window, {
    listensTo: (target: EventTarget, type: string) => known.get(target)?.has(type) ?? false,
  });
}

/** Adds up how far things moved without anybody having asked for it. */
function noteShifts(): void {
  const noted = { layoutShift: 0, shifted: [] as string[] };
  Object.assign(window, { noted });
  new PerformanceObserver((list) => {
    for (const entry of list.getEntries() as (PerformanceEntry & {
      value: number;
      hadRecentInput: boolean;
      sources: { node?: Element }[];
    })[]) {
      if (entry.hadRecentInput) continue;
      noted.layoutShift += entry.value;
      const what = entry.sources.map(({ node }) => node?.className || node?.nodeName || "?");
      noted.shifted.push(`${entry.value.toFixed(4)}: ${what.join(", ")}`);
    }
  }).observe({ type: "layout-shift", buffered: true });
}

export const test = base.extend<Journey, Shared>({
  world: [
    async ({}, use) => {
      const world = await World.start();
      await use(world);
      await world.stop();
    },
    { scope: "worker" },
  ],
  site: [
    async ({ world }, use) => {
      const site = await Site.start(world);
      await use(site);
      await site.stop();
    },
    { scope: "worker", timeout: 90_000 },
  ],
  unused: [
    async ({ world, context }, use) => {
      const site = await Site.start(world);
      await use(site);
      // Nobody looks at it any more when it ends.
      for (const page of context.pages()) await page.close();
      await site.stop();
    },
    { timeout: 90_000 },
  ],
  clever: [
    async ({ world, context }, use) => {
      const mind = await Mind.start();
      const site = await Site.start(world, mind.settings);
      await use({ site, mind });
      for (const page of context.pages()) await page.close();
      await site.stop();
      await mind.stop();
    },
    { timeout: 90_000 },
  ],
  baseURL: async ({ site }, use) => use(site.url),
  allowed: async ({}, use) => use([]),
  expected: async ({ allowed }, use) => use((message) => void allowed.push(message)),
  watched: [
    async ({ context, site, world, allowed, javaScriptEnabled }, use, info) => {
      const seen: string[] = [];
      // Where no script runs nobody takes what was fetched for it beforehand.
      if (javaScriptEnabled === false) allowed.push(/was preloaded using link preload but not used/);
      const begin = site.log.length;
      context.on("console", (message) => {
        if (["error", "warning"].includes(message.type())) {
          seen.push(`${message.type()}: ${message.text()} (${message.location().url})`);
        }
      });
      context.on("weberror", (error) => seen.push(`thrown: ${error.error().stack}`));
      await context.addInitScript(noteListeners);
      await context.addInitScript(noteShifts);
      await use();
      world.reset();
      seen.push(...site.faultsSince(begin).map((line) => `server: ${line}`));
      const bad = seen.filter((message) => !allowed.some((fine) => fine.test(message)));
      if (info.status !== info.expectedStatus) {
        const body = site.log.slice(begin).join("\n");
        await info.attach("server.log", { body, contentType: "text/plain" });
      }
      if (bad.length > 0) throw new Error(`not a word was expected, but:\n${bad.join("\n")}`);
    },
    { auto: true },
  ],
});
