// A server of the product as a process of its own, with its own data directory and Postgres.

import { type ChildProcess, spawn } from "node:child_process";
import * as fs from "node:fs";
import * as os from "node:os";
import * as path from "node:path";
import { createInterface } from "node:readline";

import type { World } from "./world";

const TARGET = path.resolve(__dirname, "../../target");
const PROGRAM = process.env.LLMPLOYABLE ?? path.join(TARGET, "debug/llmployable");
const SITE_ROOT = process.env.LEPTOS_SITE_ROOT ?? path.join(TARGET, "site");

/** A running server. */
export class Site {
  /** What it wrote, a line each. */
  readonly log: string[] = [];
  /** Its address; the same after a restart. */
  url = "";
  private child?: ChildProcess;
  private ended: Promise<void> = Promise.resolve();
  private readonly data: string;

  private constructor(
    private readonly world: World,
    private readonly settings: Record<string, string>,
  ) {
    // Short, because a Unix socket lies in it; open to others, because Postgres is another user
    // when the tests run as root.
    this.data = fs.mkdtempSync(path.join(os.tmpdir(), "e2e-"));
    fs.chmodSync(this.data, 0o755);
  }

  static async start(world: World, settings: Record<string, string> = {}): Promise<Site> {
    const site = new Site(world, settings);
    await site.launch("127.0.0.1:0");
    return site;
  }

  /** Ends it as a crash would: nothing is told to it, its Postgres lives on. */
  async kill(): Promise<void> {
    this.child?.kill("SIGKILL");
    await this.ended;
  }

  /** Starts it again on the same data and the same port. */
  async restart(): Promise<void> {
    await this.launch(new URL(this.url).host);
  }

  /** Ends it in order, and throws its data away. */
  async stop(): Promise<void> {
    this.child?.kill("SIGTERM");
    await this.ended;
    fs.rmSync(this.data, { recursive: true, force: true });
  }

  /** Lines of the log that speak of a fault, from a line number on. */
  faultsSince(line: number): string[] {
    return this.log.slice(line).filter((entry) => /"level":"ERROR"|panicked at/.test(entry));
  }

  private async launch(listen: string): Promise<void> {
    const child = spawn(PROGRAM, ["serve", "--listen", listen], {
      cwd: this.data,
      stdio: ["ignore", "pipe", "pipe"],
      // Nothing else of the environment: a DATABASE_URL in it would lead to somebody's data.
      env: {
        PATH: process.env.PATH,
        HOME: this.data,
        LLMPLOYABLE_DATA_DIR: this.data,
        LLMPLOYABLE_SITE_ROOT: SITE_ROOT,
        LLMPLOYABLE_GITHUB_API: this.world.url,
        LLMPLOYABLE_FETCH_PRIVATE: "true",
        LLMPLOYABLE_LOG_FORMAT: "json",
        ...this.settings,
      },
    });
    this.child = child;
    const endWithUs = () => void child.kill("SIGTERM");
    process.once("exit", endWithUs);
    this.ended = new Promise((resolve) => {
      child.once("close", () => {
        process.off("exit", endWithUs);
        resolve();
      });
    });
    createInterface(child.stderr).on("line", (line) => this.log.push(line));
    const lines = createInterface(child.stdout);
    this.url = await new Promise<string>((resolve, reject) => {
      lines.on("line", (line) => {
        this.log.push(line);
        const address = /serves on (http:\S+)/.exec(line);
        if (address) resolve(address[1]);
      });
      child.once("error", reject);
      child.once("close", (code) => {
        const said = this.log.slice(-5).join("\n");
        reject(new Error(`the server ended with ${code} before it served:\n${said}`));
      });
    });
    const ready = await fetch(`${this.url}/health/ready`);
    if (!ready.ok) throw new Error(`the server serves and is not ready: ${ready.status}`);
  }
}
