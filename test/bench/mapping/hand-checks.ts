import { partnerCentralTarget } from "@cosell/partner-central";

/** A value that was left out or cut. Targets inside lists are named without the place. */
export interface Notice {
  readonly code: string;
  readonly target: string;
}

export type Given = string | null | undefined;

export function present(value: Given): string | undefined {
  return value === null || value === "" ? undefined : value;
}

export function text(
  given: Given,
  longest: number,
  target: string,
  notices: Notice[],
  shortest = 0,
): string | undefined {
  const value = present(given);
  if (value === undefined) return undefined;
  if (value.length >= shortest && value.length <= longest) return value;
  notices.push({ code: value.length < shortest ? "too-short" : "too-long", target });
  return undefined;
}

export function cut(given: Given, longest: number, target: string, notices: Notice[]): string | undefined {
  const value = present(given);
  if (value === undefined || value.length <= longest) return value;
  notices.push({ code: "truncated", target });
  return value.slice(0, longest).trimEnd();
}

export function choice(
  given: Given,
  allowed: ReadonlySet<string>,
  target: string,
  notices: Notice[],
): string | undefined {
  const value = present(given);
  if (value === undefined || allowed.has(value)) return value;
  notices.push({ code: "outside-list", target });
  return undefined;
}

/** A multi-select picklist. */
export function choices(
  given: Given,
  allowed: ReadonlySet<string>,
  target: string,
  notices: Notice[],
): readonly string[] | undefined {
  const value = present(given);
  if (value === undefined) return undefined;
  const items = value.split(";");
  const kept = items.filter((item) => allowed.has(item));
  for (let lost = kept.length; lost < items.length; lost += 1) notices.push({ code: "outside-list", target });
  return kept.length === 0 ? undefined : kept;
}

export function formed(given: Given, form: RegExp, target: string, notices: Notice[]): string | undefined {
  const value = present(given);
  if (value === undefined || form.test(value)) return value;
  notices.push({ code: "bad-form", target });
  return undefined;
}

export function email(given: Given, target: string, notices: Notice[]): string | undefined {
  return formed(text(given, 80, target, notices)?.toLowerCase(), emails, target, notices);
}

/** A day of the calendar, `YYYY-MM-DD`. */
export function day(given: string, target: string, notices: Notice[]): string | undefined {
  if (days.test(given)) {
    const dayOfMonth = Number(given.slice(8));
    const date = new Date(Date.UTC(Number(given.slice(0, 4)), Number(given.slice(5, 7)) - 1, dayOfMonth));
    // A day that its month does not have rolls over into the next.
    if (date.getUTCDate() === dayOfMonth) return given;
  }
  notices.push({ code: "bad-date", target });
  return undefined;
}

/** What AWS accepts, from the model: nobody types 249 countries. */
export function valuesOf(path: string): ReadonlySet<string> {
  return new Set(partnerCentralTarget.writable.get(path)?.values);
}

export function formOf(path: string): RegExp {
  return new RegExp(partnerCentralTarget.writable.get(path)?.pattern ?? "", "u");
}

const emails = formOf("Customer.Contacts[].Email");
const days = /^\d{4}-\d{2}-\d{2}$/;
