import type { EndedSpan, SpanValue } from "./recorded-span.ts";

type Attributes = Readonly<Record<string, SpanValue>>;

/** Spans as an OTLP collector takes them over HTTP. Source: opentelemetry-proto, `ExportTraceServiceRequest` in JSON. */
export function otlpJson(spans: readonly EndedSpan[], resource: Attributes): string {
  const bySource = Map.groupBy(spans, ({ source }) => source);
  const scopeSpans = [...bySource].map(([name, own]) => ({ scope: { name }, spans: own.map(spanJson) }));
  return JSON.stringify({ resourceSpans: [{ resource: { attributes: listed(resource) }, scopeSpans }] });
}

function spanJson({ name, kind, context, parentSpanId, startedAt, endedAt, attributes, status }: EndedSpan): object {
  return {
    traceId: context.traceId,
    spanId: context.spanId,
    ...(parentSpanId !== undefined && { parentSpanId }),
    name,
    // The wire counts from "unspecified", the API from "internal".
    kind: kind + 1,
    startTimeUnixNano: nanoseconds(startedAt),
    endTimeUnixNano: nanoseconds(endedAt),
    attributes: listed(attributes),
    status: { code: status.code, ...(status.message !== undefined && { message: status.message }) },
  };
}

/** More than a number can hold exactly: a text. */
function nanoseconds(milliseconds: number): string {
  return String(BigInt(Math.round(milliseconds * 1000)) * 1000n);
}

function listed(attributes: Attributes): readonly object[] {
  return Object.entries(attributes).map(([key, value]) => ({ key, value: valueJson(value) }));
}

function valueJson(value: SpanValue): object {
  if (typeof value === "boolean") return { boolValue: value };
  if (typeof value === "number") return Number.isInteger(value) ? { intValue: String(value) } : { doubleValue: value };
  return { stringValue: value };
}
