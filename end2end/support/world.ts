// The outside world on loopback: GitHub's API from recordings, and pages with postings. What a
// page answers with can be held back, so that a run has a middle to look at.

import * as fs from "node:fs";
import * as http from "node:http";
import type { AddressInfo } from "node:net";
import * as path from "node:path";

/** Where the test inputs of all crates lie. */
export const FIXTURES = path.resolve(__dirname, "../../fixtures");

/** A file of the fixtures, as text. */
export function fixture(name: string): string {
  return fs.readFileSync(path.join(FIXTURES, name), "utf8");
}

interface Recorded {
  request: { path: string };
  response: { status: number; headers: Record<string, string>; body: unknown };
}

/** A page with a posting on the stub. */
export class PostingPage {
  /** How often it was asked for. */
  asked = 0;
  /** What it answers with. */
  status = 200;
  private waiting: (() => void)[] = [];
  private watching: (() => void)[] = [];

  constructor(
    readonly url: string,
    readonly body: string,
    private held: boolean,
  ) {}

  /** Returns once it was asked for `times` times. */
  async wasAsked(times = 1): Promise<void> {
    while (this.asked < times) {
      await new Promise<void>((resolve) => this.watching.push(resolve));
    }
  }

  /** Lets every answer go, those held and those to come. */
  release(): void {
    this.held = false;
    this.waiting.splice(0).forEach((go) => go());
  }

  async answer(response: http.ServerResponse): Promise<void> {
    this.asked += 1;
    this.watching.splice(0).forEach((go) => go());
    if (this.held) {
      await new Promise<void>((resolve) => this.waiting.push(resolve));
    }
    response.writeHead(this.status, { "content-type": "text/html; charset=utf-8" });
    response.end(this.body);
  }
}

/** GitHub and the pages of employers. */
export class World {
  /** Whether GitHub's API answers. */
  githubIsOffline = false;
  private pages = new Map<string, PostingPage>();
  private number = 0;
  private readonly exchanges = new Map<string, Recorded["response"]>();
  private readonly repositories = new Map<string, unknown[]>();

  private constructor(private readonly server: http.Server) {
    const folder = path.join(FIXTURES, "github/worlds");
    const names = fs.readdirSync(folder).filter((name) => name.endsWith(".json"));
    for (const name of names.filter((name) => !name.endsWith(".truth.json"))) {
      const recordings: Recorded[] = JSON.parse(fixture(`github/worlds/${name}`)).recordings;
      recordings.forEach((recording) => this.learn(recording));
    }
  }

  static async start(): Promise<World> {
    const server = http.createServer();
    await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
    const world = new World(server);
    server.on("request", (request, response) => world.answer(request, response));
    return world;
  }

  /** Its address. */
  get url(): string {
    return `http://127.0.0.1:${(this.server.address() as AddressInfo).port}`;
  }

  /** Puts a page of the fixtures on the stub, under an address of its own. */
  posting(file: string, { held = false } = {}): PostingPage {
    this.number += 1;
    const where = `/careers/${this.number}`;
    const page = new PostingPage(this.url + where, fixture(`jobs/pages/${file}`), held);
    this.pages.set(where, page);
    return page;
  }

  /** As at the start: everything answers. */
  reset(): void {
    this.githubIsOffline = false;
    this.pages.forEach((page) => page.release());
    this.pages.clear();
  }

  async stop(): Promise<void> {
    this.reset();
    this.server.closeAllConnections();
    await new Promise((resolve) => this.server.close(resolve));
  }

  private learn({ request, response }: Recorded): void {
    const [where] = request.path.split("?");
    if (where.endsWith("/repos") && Array.isArray(response.body)) {
      // Recorded in pages of thirty; served in the size that is asked for.
      const known = this.repositories.get(where) ?? [];
      this.repositories.set(where, [...known, ...response.body]);
    } else {
      // What a search finds depends on what it asks.
      this.exchanges.set(where.startsWith("/search/") ? request.path : where, response);
    }
  }

  private answer(request: http.IncomingMessage, response: http.ServerResponse): void {
    const asked = new URL(request.url ?? "/", this.url);
    const page = this.pages.get(asked.pathname);
    if (page) {
      void page.answer(response);
      return;
    }
    if (this.githubIsOffline) {
      request.socket.destroy();
      return;
    }
    const repositories = this.repositories.get(asked.pathname);
    const recorded = this.exchanges.get(asked.pathname) ?? this.exchanges.get(request.url ?? "/");
    if (repositories) {
      const size = Number(asked.searchParams.get("per_page") ?? 30);
      const begin = (Number(asked.searchParams.get("page") ?? 1) - 1) * size;
      send(response, 200, {}, repositories.slice(begin, begin + size));
    } else if (recorded) {
      send(response, recorded.status, recorded.headers, recorded.body);
    } else {
      send(response, 404, {}, { message: "Not Found" });
    }
  }
}

function send(
  response: http.ServerResponse,
  status: number,
  recorded: Record<string, string>,
  body: unknown,
): void {
  // Of the recorded headers those that speak of the content, not of how it was sent.
  const kept = Object.entries(recorded).filter(([name]) => /^(x-|etag$|link$)/i.test(name));
  response.writeHead(status, {
    ...Object.fromEntries(kept),
    "content-type": "application/json; charset=utf-8",
  });
  response.end(typeof body === "string" ? body : JSON.stringify(body));
}
