import { randomBytes } from "node:crypto";
import type { Attributes, Span, SpanContext, SpanKind, SpanStatus } from "@opentelemetry/api";
import { SpanStatusCode, TraceFlags } from "@opentelemetry/api";
import { tracerName } from "./tracer-name.ts";

/** What an attribute holds. OpenTelemetry knows lists too; nothing here has any. */
export type SpanValue = string | number | boolean;

/** A span that is over. */
export interface EndedSpan {
  /** Who made it: ours, or BullMQ. */
  readonly source: string;
  readonly name: string;
  readonly kind: SpanKind;
  readonly context: SpanContext;
  readonly parentSpanId: string | undefined;
  /** Milliseconds since 1970, with fractions. */
  readonly startedAt: number;
  readonly endedAt: number;
  readonly attributes: Readonly<Record<string, SpanValue>>;
  readonly status: SpanStatus;
}

export interface SpanBeginning {
  readonly source: string;
  readonly name: string;
  readonly kind: SpanKind;
  readonly attributes: Attributes;
  readonly parent: SpanContext | undefined;
  readonly onEnd: (span: EndedSpan) => void;
}

/** What leaves the process: ids, names and kinds. A library's attributes may hold results and messages. */
const allowed = /^(?:cosell\.|aws\.request_id$|http\.response\.|bullmq\.(?:queue\.name|job\.(?:id|name|bulk\.count))$)/;

const now = (): number => performance.timeOrigin + performance.now();

/** A span that is recorded and given away when it ends. Messages of errors are left out: they may tell of deals. */
export function recordSpan({ source, name, kind, attributes, parent, onEnd }: SpanBeginning): Span {
  const context: SpanContext = {
    traceId: parent?.traceId ?? randomBytes(16).toString("hex"),
    spanId: randomBytes(8).toString("hex"),
    traceFlags: TraceFlags.SAMPLED,
  };
  const startedAt = now();
  const kept: Record<string, SpanValue> = {};
  let called = name;
  let status: SpanStatus = { code: SpanStatusCode.UNSET };
  let ended = false;
  const keep = (key: string, value: unknown): void => {
    if (!allowed.test(key)) return;
    if (typeof value === "string" || typeof value === "number" || typeof value === "boolean") kept[key] = value;
  };
  const span: Span = {
    spanContext: () => context,
    setAttribute(key, value) {
      keep(key, value);
      return span;
    },
    setAttributes(more) {
      for (const [key, value] of Object.entries(more)) keep(key, value);
      return span;
    },
    setStatus(given) {
      status = source === tracerName ? given : { code: given.code };
      return span;
    },
    updateName(given) {
      called = given;
      return span;
    },
    addEvent: () => span,
    addLink: () => span,
    addLinks: () => span,
    recordException() {
      status = { ...status, code: SpanStatusCode.ERROR };
    },
    isRecording: () => !ended,
    end() {
      if (ended) return;
      ended = true;
      const times = { startedAt, endedAt: now() };
      onEnd({ source, name: called, kind, context, parentSpanId: parent?.spanId, ...times, attributes: kept, status });
    },
  };
  span.setAttributes(attributes);
  return span;
}
