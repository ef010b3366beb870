import { InvalidArgumentError, Option } from "commander";

/** The examples at the end of a command's `--help`. */
export function examples(...lines: readonly string[]): string {
  return `\nExample${lines.length === 1 ? "" : "s"}:\n${lines.map((line) => `  $ ${line}`).join("\n")}\n`;
}

/** Reads a whole number of at least `minimum` from an option. */
export function wholeNumber(minimum: number): (text: string) => number {
  return (text) => {
    const value = Number(text);
    if (!/^\d+$/.test(text) || !Number.isSafeInteger(value) || value < minimum) {
      throw new InvalidArgumentError(`It must be a whole number of at least ${minimum}.`);
    }
    return value;
  };
}

/** Collects an option that may be given several times. */
export function collect(text: string, earlier: readonly string[] | undefined): readonly string[] {
  return [...(earlier ?? []), text];
}

/** `--hide-values`: for a plan that is shown around: personal and confidential values are left out. */
export const hideValuesOption = (): Option =>
  new Option("--hide-values", "hide personal and confidential values, for a screen or a file that is shown around");

/** `--sync <name>`: needed only when the configuration has several, and by few commands then. */
export const syncOption = (): Option => new Option("--sync <name>", "the sync that is meant, when there are several");

/** `--record <id>`, several times. */
export const recordOption = (): Option =>
  new Option("--record <id>", "only this deal, by CRM record or opportunity (may be given several times)").argParser(
    collect,
  );

/** `--field <name>`, several times. */
export const fieldOption = (): Option =>
  new Option("--field <name>", "only this field, by AWS path or CRM field (may be given several times)").argParser(
    collect,
  );

/** An option that takes a moment: a day, or a time with its zone. Gives milliseconds since 1970. */
export const momentOption = (flags: string, description: string): Option =>
  new Option(flags, description).argParser((text: string) => {
    const day = /^\d{4}-\d{2}-\d{2}$/.test(text);
    const time = day || /^\d{4}-\d{2}-\d{2}T.*(Z|[+-]\d{2}:?\d{2})$/.test(text) ? Date.parse(text) : Number.NaN;
    if (Number.isNaN(time)) {
      throw new InvalidArgumentError("It must be a day (2026-11-21) or a time with its zone (2026-11-21T09:00Z).");
    }
    return time;
  });

/** `--yes`: nothing is asked. */
export const yesOption = (): Option => new Option("--yes", "go on without being asked");

/** Reads a TCP port; 0 means any free one. */
export function portNumber(text: string): number {
  const port = wholeNumber(0)(text);
  if (port > 65_535) throw new InvalidArgumentError("A port is at most 65535.");
  return port;
}
