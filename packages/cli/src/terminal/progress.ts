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
  /** Takes the line away. */
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
  bar.start(0, 0, { phase: "starting" });
  return {
    report: ({ phase, done, total }) => {
      bar.setTotal(Math.max(total ?? 0, done));
      bar.update(done, { phase });
    },
    end: () => bar.stop(),
  };
}
