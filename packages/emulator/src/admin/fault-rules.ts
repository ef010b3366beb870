import { faultKinds, isJsonObject, type FaultRule, type JsonValue } from "../kernel/index.ts";

const members: Readonly<Record<string, (value: JsonValue) => string | undefined>> = {
  server: isText,
  operation: isText,
  kind: (value) => (faultKinds.some((kind) => kind === value) ? undefined : `one of ${faultKinds.join(", ")}`),
  times: (value) => (Number.isInteger(value) && (value as number) > 0 ? undefined : "a whole number from 1 on"),
  probability: (value) => (isNumber(value) && value <= 1 ? undefined : "a number from 0 to 1"),
  latencyMs: (value) => (isNumber(value) ? undefined : "a number of milliseconds"),
  skewMs: (value) => (typeof value === "number" ? undefined : "a number of milliseconds"),
  retryAfterSeconds: (value) => (isNumber(value) ? undefined : "a number of seconds"),
};

/** Fault rules as the admin face takes them. Throws a RangeError that names the rule and the member. */
export function faultRulesOf(value: unknown): readonly FaultRule[] {
  if (!Array.isArray(value)) throw new RangeError("Faults are a JSON list of rules.");
  return value.map((rule: unknown, index) => {
    if (!isJsonObject(rule)) throw new RangeError(`Rule ${index} must be an object.`);
    if (rule.kind === undefined) throw new RangeError(`Rule ${index} needs a kind: one of ${faultKinds.join(", ")}.`);
    for (const [name, given] of Object.entries(rule)) {
      const check = members[name];
      if (!check) throw new RangeError(`Rule ${index} has ${name}. Known: ${Object.keys(members).join(", ")}.`);
      const wanted = check(given);
      if (wanted !== undefined) throw new RangeError(`Rule ${index}: ${name} must be ${wanted}.`);
    }
    return rule as unknown as FaultRule;
  });
}

function isText(value: JsonValue): string | undefined {
  return typeof value === "string" ? undefined : "a text";
}

function isNumber(value: JsonValue): value is number {
  return typeof value === "number" && value >= 0;
}
