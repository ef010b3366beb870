import {
  type Context,
  context as contexts,
  INVALID_SPAN_CONTEXT,
  isSpanContextValid,
  type Span,
  SpanKind,
  type SpanOptions,
  trace,
  TraceFlags,
  type Tracer,
  type TracerProvider,
} from "@opentelemetry/api";
import { type EndedSpan, recordSpan } from "./recorded-span.ts";
import { tracerName } from "./tracer-name.ts";

/**
 * Makes spans. Only Cosell's own begin a trace: BullMQ alone would begin one for every look at an empty queue. Within a
 * trace all are recorded, and where whoever handed the work on records nothing, nothing is.
 */
export function createSpanSource(onEnd: (span: EndedSpan) => void): TracerProvider {
  return { getTracer: (name) => tracerOf(name, onEnd) };
}

function tracerOf(source: string, onEnd: (span: EndedSpan) => void): Tracer {
  function startSpan(name: string, options: SpanOptions = {}, context: Context = contexts.active()): Span {
    const { attributes = {}, kind = SpanKind.INTERNAL, root = false } = options;
    const given = root ? undefined : trace.getSpanContext(context);
    const parent = given !== undefined && isSpanContextValid(given) ? given : undefined;
    if (parent === undefined && source !== tracerName) return trace.wrapSpanContext(INVALID_SPAN_CONTEXT);
    if (parent !== undefined && (parent.traceFlags & TraceFlags.SAMPLED) === 0) return trace.wrapSpanContext(parent);
    return recordSpan({ source, name, kind, attributes, parent, onEnd });
  }

  /** The API allows options and context to be left out: the work is what comes last. */
  function startActiveSpan(name: string, ...given: readonly [...unknown[], (span: Span) => unknown]): unknown {
    const work = given[given.length - 1] as (span: Span) => unknown;
    const options = given.length > 1 ? (given[0] as SpanOptions) : {};
    const context = given.length > 2 ? (given[1] as Context) : contexts.active();
    const span = startSpan(name, options, context);
    return contexts.with(trace.setSpan(context, span), () => work(span));
  }

  return { startSpan, startActiveSpan: startActiveSpan };
}
