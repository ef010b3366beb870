import { join } from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import type { Installation } from "./installation.ts";
import { type Program, stopProgram } from "./program.ts";

const clock = join(import.meta.dirname, "jumping-clock.mjs");

/** A crowd of workers of which some die. */
export interface Fleet {
  /** Kills one of them by chance, as a power cut would, and starts another in its place. */
  killOne(): Promise<void>;
  /** From now on one more worker, whose clock jumps by so much after a while. Milliseconds. */
  addWithJumpingClock(byMs: number): void;
  /** Everything that all of them have logged. */
  log(): string;
  /** How the workers end that are stopped properly: their exit codes. */
  stop(): Promise<readonly (number | null)[]>;
}

/** Starts so many workers. */
export async function startFleet(installation: Installation, size: number): Promise<Fleet> {
  const all: Program[] = [];
  const starting = new Set<Promise<unknown>>();
  const start = (environment?: Readonly<Record<string, string>>): Promise<unknown> => {
    const started = installation
      .startWorker([], environment)
      .then((program) => all.push(program))
      .finally(() => starting.delete(started));
    starting.add(started);
    return started;
  };
  const alive = (): readonly Program[] =>
    all.filter(({ process }) => process.exitCode === null && process.signalCode === null);
  await Promise.all(Array.from({ length: size }, () => start()));
  return {
    async killOne() {
      while (alive().length === 0) await pause(50);
      const victims = alive();
      const victim = victims[Math.floor(Math.random() * victims.length)];
      victim?.process.kill("SIGKILL");
      await victim?.ended;
      // A server that is away keeps a worker from starting; whoever runs it starts it again.
      void start().catch(() => start().catch(() => undefined));
    },
    addWithJumpingClock(byMs) {
      void start({ NODE_OPTIONS: `--import=${clock}`, CLOCK_JUMP: `8000:${byMs}` }).catch(() => undefined);
    },
    log: () => all.map(({ stderr }) => stderr()).join(""),
    async stop() {
      await Promise.allSettled(starting);
      return Promise.all(alive().map(stopProgram));
    },
  };
}
