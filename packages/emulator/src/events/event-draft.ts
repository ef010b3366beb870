import type { JsonObject } from "../kernel/index.ts";

/** An event before it has an id and is on its way. */
export interface EventDraft {
  readonly type: string;
  /** @defaultValue "aws.partnercentral-selling" */
  readonly source?: string;
  /** Whose event bus it comes to: 12 digits. */
  readonly account: string;
  /** When it happened, milliseconds since 1970. */
  readonly at: number;
  readonly resources: readonly string[];
  readonly detail: JsonObject;
}

/** An event as EventBridge sends it: the members, their order and their types as in captured events of AWS. */
export interface EventEnvelope extends JsonObject {
  /** Captured events have "0", AWS's documentation prints "1". */
  readonly version: "0";
  readonly id: string;
  readonly "detail-type": string;
  readonly source: string;
  readonly account: string;
  /** Whole seconds. */
  readonly time: string;
  readonly region: "us-east-1";
  readonly resources: readonly string[];
  readonly detail: JsonObject;
}

/** The draft as it is sent. */
export function envelopeOf(
  { type, source = "aws.partnercentral-selling", account, at, resources, detail }: EventDraft,
  id: string,
): EventEnvelope {
  const time = new Date(at).toISOString().replace(/\.\d+Z$/, "Z");
  return { version: "0", id, "detail-type": type, source, account, time, region: "us-east-1", resources, detail };
}
