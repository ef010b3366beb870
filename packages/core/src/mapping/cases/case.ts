import type { JsonObject, JsonValue } from "@cosell/connector";
import type { InboundSource, Position } from "../mapping.ts";

/** An issue as a case expects it. */
export interface ExpectedIssue {
  readonly code: string;
  readonly target: string;
}

/** What an outbound case expects; every member is compared whole, `null` says that there is none. */
export interface OutboundExpectation {
  readonly matches?: JsonValue;
  readonly payload?: JsonValue;
  readonly related?: JsonValue;
  readonly assignee?: JsonValue;
  readonly submission?: JsonValue;
  /** All issues, in any order. Absent: no issue of severity `error`. */
  readonly issues?: readonly ExpectedIssue[];
}

/** What an inbound case expects: the CRM fields that are written, and `matches` for a mapping of invitations. */
export interface InboundExpectation {
  readonly matches?: JsonValue;
  readonly fields?: JsonValue;
  readonly issues?: readonly ExpectedIssue[];
}

/** One golden case: what goes in, and what must come out. */
export type GoldenCase =
  | {
      readonly direction: "outbound";
      readonly name: string;
      readonly at: Position;
      /** A CRM record, nested as a connector reads it. */
      readonly source: JsonObject;
      readonly expect: OutboundExpectation;
    }
  | {
      readonly direction: "inbound";
      readonly name: string;
      readonly at: Position;
      /** What AWS gave; absent parts are not known. */
      readonly inbound: Partial<InboundSource>;
      readonly expect: InboundExpectation;
    };
