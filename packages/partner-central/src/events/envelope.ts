type Members = Readonly<Record<string, unknown>>;

/** Deeper than any chain of queues and topics. */
const mostWrappings = 6;
/** Where SQS (`Body`, `body`), SNS (`Message`), and the SNS record of a Lambda (`Sns`) keep what they carry. */
const wrappings = ["body", "message", "sns"];

/** The EventBridge envelope within whatever carried it; `undefined` when there is none. Never throws. */
export function unwrap(carried: unknown): Members | undefined {
  let inner = carried;
  for (let depth = 0; depth < mostWrappings; depth++) {
    const holder = objectOf(inner);
    if (holder === undefined) return undefined;
    if (memberOf(holder, "detail-type") !== undefined) return holder;
    inner = wrappings.map((name) => memberOf(holder, name)).find((value) => objectOf(value) !== undefined);
  }
  return undefined;
}

/** The object that a value is, or that its text holds as JSON. */
export function objectOf(value: unknown): Members | undefined {
  const parsed = typeof value === "string" ? parse(value) : value;
  return typeof parsed === "object" && parsed !== null && !Array.isArray(parsed) ? (parsed as Members) : undefined;
}

/** The value of a member, whatever the case and the hyphens of its name: `detail-type`, `DetailType`. */
export function memberOf(holder: Members, name: string): unknown {
  return Object.entries(holder).find(([key]) => plain(key) === plain(name))?.[1];
}

/** A text that says something. */
export function textOf(value: unknown): string | undefined {
  return typeof value === "string" && value.trim() !== "" ? value.trim() : undefined;
}

function plain(name: string): string {
  return name.replaceAll(/[-_]/g, "").toLowerCase();
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
