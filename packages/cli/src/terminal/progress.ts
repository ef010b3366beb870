import type { Terminal } from "./terminal.ts";

/** How far long work is; `total` undefined while nobody knows. */
export interface ProgressReport {
  readonly phase: string;
  readonly done: number;
  readonly total: number | undefined;
}

/** A drawn progress line. */
export interface ProgressLine {
  readonly report: (progress: ProgressReport) => void;
  /** Takes the line away, until the next report. */
  readonly end: () => void;
}

const silent: ProgressLine = { report: () => undefined, end: () => undefined };

/** Draws progress on standard error when that is a terminal, and nothing otherwise. */
export async function startProgress(terminal: Terminal): Promise<ProgressLine> {
  if (!terminal.progress) return silent;
  const { SingleBar, Presets } = await import("cli-progress");
  const bar = new SingleBar(
    {
      format: "{phase} {bar} {value}/{total}",
      clearOnComplete: true,
      hideCursor: true,
      stopOnComplete: false,
      linewrap: false,
      gracefulExit: false,
      stream: process.stderr,
    },
    Presets.shades_grey,
  );
  let drawn = false;
  return {
    report: ({ phase, done, total }) => {
      const words = { phase: phase.replaceAll("-", " ") };
      const most = Math.max(total ?? 0, done);
      if (!drawn) bar.start(most, done, words);
      drawn = true;
      bar.setTotal(most);
      bar.update(done, words);
    },
    end: () => {
      if (drawn) bar.stop();
      drawn = false;
    },
  };
}
