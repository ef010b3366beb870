import { FailureError, type Logger } from "@cosell/connector";
import { context, propagation, trace } from "@opentelemetry/api";
import { createContextStorage } from "./context-storage.ts";
import { createOtlpExporter } from "./otlp-exporter.ts";
import { createSpanSource } from "./span-source.ts";
import { traceParent } from "./trace-parent.ts";

export interface StartTracesOptions {
  /** OpenTelemetry's own variables, `OTEL_…`. */
  readonly environment: Readonly<Record<string, string | undefined>>;
  readonly logger: Logger;
}

/** Traces that leave the process. */
export interface Traces {
  /** Sends what is left and records no more. */
  close(): Promise<void>;
}

/**
 * Sends spans to an OTLP collector over HTTP (JSON), when `OTEL_EXPORTER_OTLP_ENDPOINT` or
 * `OTEL_EXPORTER_OTLP_TRACES_ENDPOINT` names one; `undefined` otherwise, when it is switched off, or when the process has
 * an SDK of its own already (`NODE_OPTIONS=--import …`), which then gets the spans. Throws `config` for an address that
 * is none.
 */
export function startTraces({ environment, logger }: StartTracesOptions): Traces | undefined {
  const url = addressIn(environment);
  if (url === undefined) return undefined;
  const { OTEL_SERVICE_NAME: service = "cosell-worker", OTEL_RESOURCE_ATTRIBUTES: about } = environment;
  const headers = environment["OTEL_EXPORTER_OTLP_TRACES_HEADERS"] ?? environment["OTEL_EXPORTER_OTLP_HEADERS"];
  const resource = { ...pairsIn(about), "service.name": service };
  const exporter = createOtlpExporter({ url, headers: pairsIn(headers), resource, logger });
  if (!trace.setGlobalTracerProvider(createSpanSource((span) => exporter.add(span)))) {
    void exporter.close();
    return undefined;
  }
  context.setGlobalContextManager(createContextStorage());
  propagation.setGlobalPropagator(traceParent);
  return {
    async close() {
      for (const part of [trace, context, propagation]) part.disable();
      await exporter.close();
    },
  };
}

function addressIn(environment: StartTracesOptions["environment"]): string | undefined {
  if (environment["OTEL_SDK_DISABLED"] === "true" || environment["OTEL_TRACES_EXPORTER"] === "none") return undefined;
  const whole = environment["OTEL_EXPORTER_OTLP_TRACES_ENDPOINT"];
  const base = environment["OTEL_EXPORTER_OTLP_ENDPOINT"];
  const name = whole === undefined ? "OTEL_EXPORTER_OTLP_ENDPOINT" : "OTEL_EXPORTER_OTLP_TRACES_ENDPOINT";
  const address = whole ?? (base === undefined ? undefined : `${base.replace(/\/$/, "")}/v1/traces`);
  if (address === undefined || address === "" || base === "") return undefined;
  if (URL.canParse(address) && /^https?:/.test(address)) return address;
  const message = `${name} is no address of an OTLP collector. Write http://host:4318, its HTTP port; traces go there as JSON over HTTP, not by gRPC.`;
  throw new FailureError({ kind: "config", code: "traces-endpoint", message });
}

/** `key=value,key2=value2`, percent-encoded. Source: OpenTelemetry's specification of its variables. */
function pairsIn(text = ""): Readonly<Record<string, string>> {
  return Object.fromEntries(
    text.split(",").flatMap((pair): readonly (readonly [string, string])[] => {
      const at = pair.indexOf("=");
      return at < 1 ? [] : [[pair.slice(0, at).trim(), decoded(pair.slice(at + 1).trim())]];
    }),
  );
}

function decoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}
