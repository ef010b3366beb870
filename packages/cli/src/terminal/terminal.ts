import picocolors from "picocolors";

/** Functions that colour text, or leave it alone where colour is not wanted. */
export type Colours = ReturnType<typeof picocolors.createColors>;

/** Where a command's output goes. Results on standard output, everything else on standard error. */
export interface Terminal {
  /** The user asked for exactly one JSON document. */
  readonly json: boolean;
  /** Standard output is looked at by a person: frames and colour are fine. */
  readonly fancy: boolean;
  /** Standard error is looked at by a person: progress may be drawn there. */
  readonly progress: boolean;
  /** Columns of the terminal; unlimited in a pipe. */
  readonly width: number;
  readonly colours: Colours;
  readonly errorColours: Colours;
  /** Writes to standard output, as it is. */
  readonly write: (text: string) => void;
  /** Writes a line for people to standard output; says nothing when JSON was asked for. */
  readonly line: (text?: string) => void;
  /** Writes one JSON document to standard output. */
  readonly document: (value: unknown) => void;
  /** Writes a line to standard error. */
  readonly note: (text: string) => void;
}

/** A stream of the process, as far as it matters here. */
export interface OutputStream {
  readonly isTTY?: boolean | undefined;
  readonly columns?: number | undefined;
  write(text: string): unknown;
}

/** What a terminal is made of. */
export interface TerminalOptions {
  readonly json: boolean;
  readonly stdout: OutputStream;
  readonly stderr: OutputStream;
  readonly environment: Readonly<Record<string, string | undefined>>;
}

/** Decides about colour and width once, from the streams and the environment (`NO_COLOR`, `FORCE_COLOR`, `TERM`). */
export function createTerminal(options: TerminalOptions): Terminal {
  const { json, stdout, stderr, environment } = options;
  const fancy = isForPeople(stdout) && !json;
  const write = (text: string): void => void stdout.write(text);
  return {
    json,
    fancy,
    progress: isForPeople(stderr) && environment["TERM"] !== "dumb" && !json,
    width: fancy ? (stdout.columns ?? 100) : Number.POSITIVE_INFINITY,
    colours: picocolors.createColors(wantsColour(stdout, environment)),
    errorColours: picocolors.createColors(wantsColour(stderr, environment)),
    write,
    line: (text = "") => {
      if (!json) write(`${text}\n`);
    },
    document: (value) => write(`${JSON.stringify(value, null, 2)}\n`),
    note: (text) => void stderr.write(`${text}\n`),
  };
}

const isForPeople = (stream: OutputStream): boolean => stream.isTTY === true;

function wantsColour(stream: OutputStream, environment: TerminalOptions["environment"]): boolean {
  if (environment["NO_COLOR"] !== undefined && environment["NO_COLOR"] !== "") return false;
  if (environment["FORCE_COLOR"] !== undefined && environment["FORCE_COLOR"] !== "0") return true;
  return isForPeople(stream) && environment["TERM"] !== "dumb";
}
