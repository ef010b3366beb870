import { isSpanContextValid, type TextMapPropagator, trace, TraceFlags } from "@opentelemetry/api";

const header = "traceparent";
const shape = /^00-([0-9a-f]{32})-([0-9a-f]{16})-([0-9a-f]{2})$/;

/** Carries a trace from the process that hands a job out to the one that does it. Source: W3C Trace Context, version 00. */
export const traceParent: TextMapPropagator = {
  fields: () => [header],
  inject(context, carrier, setter) {
    const span = trace.getSpanContext(context);
    if (span === undefined || !isSpanContextValid(span)) return;
    const flags = span.traceFlags.toString(16).padStart(2, "0");
    setter.set(carrier, header, `00-${span.traceId}-${span.spanId}-${flags}`);
  },
  extract(context, carrier, getter) {
    const given = getter.get(carrier, header);
    const [, traceId, spanId, flags] = shape.exec(typeof given === "string" ? given : "") ?? [];
    if (traceId === undefined || spanId === undefined || flags === undefined) return context;
    const traceFlags = Number.parseInt(flags, 16) & TraceFlags.SAMPLED;
    const span = { traceId, spanId, traceFlags, isRemote: true };
    return isSpanContextValid(span) ? trace.setSpanContext(context, span) : context;
  },
};
