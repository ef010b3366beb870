const everyMs = 10_000;
const everyMsOnTerminal = 200;

/** Tells on the error output how far long work is: over and over in one line of a terminal, else a line now and then. */
export type Progress = (text: string) => void;

/** Begins to tell of one piece of work. */
export function startProgress(what: string): Progress {
  const { isTTY } = process.stderr;
  let told = isTTY ? 0 : Date.now();
  return (text) => {
    const now = Date.now();
    if (now - told < (isTTY ? everyMsOnTerminal : everyMs)) return;
    told = now;
    process.stderr.write(isTTY ? `${clearLine}${what}: ${text}` : `${what}: ${text}\n`);
  };
}

/** Says what came out of it: this stays. */
export function sayResult(text: string): void {
  process.stderr.write(`${process.stderr.isTTY ? clearLine : ""}${text}\n`);
}

const clearLine = "\r\u{1B}[K";
