import { isSpanContextValid, SpanStatusCode, trace } from "@opentelemetry/api";
import { failureOf, type Span, type SpanAttributes, type Tracer } from "@cosell/connector";
import { correlate, noteForLog } from "./correlation.ts";
import { tracerName } from "./traces/tracer-name.ts";

/**
 * OpenTelemetry's spans for engine and client, and the same ids for every line of the log. Without an SDK
 * ({@link startTraces}, or the program's own) spans go nowhere and the log keeps its ids.
 */
export const tracer: Tracer = { inSpan };

/** Does work within a span. Attributes are ids, names and kinds: never values of deals. */
export async function inSpan<Result>(
  name: string,
  attributes: SpanAttributes,
  work: (span: Span) => Promise<Result>,
): Promise<Result> {
  const source = trace.getTracer(tracerName);
  return source.startActiveSpan(name, { attributes }, (active) => {
    const context = active.spanContext();
    return correlate(isSpanContextValid(context) ? context.traceId : undefined, attributes, async () => {
      const span: Span = {
        set: (more) => {
          active.setAttributes(more);
          noteForLog(more);
        },
      };
      try {
        return await work(span);
      } catch (error) {
        // The kind alone: messages are for people, and tell of their deals.
        const kind = failureOf(error)?.kind ?? "bug";
        active.setAttribute("cosell.failure", kind);
        active.setStatus({ code: SpanStatusCode.ERROR, message: kind });
        throw error;
      } finally {
        active.end();
      }
    });
  });
}
