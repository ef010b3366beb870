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

/** `--connector <package>`, for commands about a mapping that can be far from its configuration. */
export const connectorOption = (): Option =>
  new Option(
    "--connector <package>",
    "the npm package of the mapping's connector (default: what the configuration has for it)",
  );

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

const hour = 3_600_000;
const spans: Readonly<Record<string, number>> = { h: hour, d: 24 * hour, w: 7 * 24 * hour };

/** Milliseconds of `12h`, `90d`, `8w`; `undefined` for anything else. */
export function spanOf(text: string): number | undefined {
  const [, amount = "", unit = ""] = /^(\d{1,6})([hdw])$/.exec(text) ?? [];
  const length = Number(amount) * (spans[unit] ?? 0);
  return length === 0 ? undefined : length;
}

/** A moment that a person named: milliseconds since 1970, once it is known what time it is. */
export type NamedMoment = (now: number) => number;

/** An option that takes a moment: a day (of UTC), a time with its zone, or a span back from now. Gives a {@link NamedMoment}. */
export const momentOption = (flags: string, description: string): Option =>
  new Option(flags, description).argParser((text: string): NamedMoment => {
    const span = spanOf(text);
    if (span !== undefined) return (now) => now - span;
    const day = /^\d{4}-\d{2}-\d{2}$/.test(text);
    const time = day || /^\d{4}-\d{2}-\d{2}T.*(Z|[+-]\d{2}:?\d{2})$/.test(text) ? Date.parse(text) : Number.NaN;
    if (Number.isNaN(time)) {
      throw new InvalidArgumentError(
        "It must be a day (2026-11-21), a time with its zone (2026-11-21T09:00Z) or a span back from now (2h, 3d, 1w).",
      );
    }
    return () => time;
  });

/** `--yes`: nothing is asked. */
export const yesOption = (): Option => new Option("--yes", "go on without being asked");

/** Reads a TCP port; 0 means any free one. */
export function portNumber(text: string): number {
  const port = wholeNumber(0)(text);
  if (port > 65_535) throw new InvalidArgumentError("A port is at most 65535.");
  return port;
}
