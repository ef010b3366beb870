import type { Logger } from "@cosell/connector";
import { otlpJson } from "./otlp-json.ts";
import type { EndedSpan, SpanValue } from "./recorded-span.ts";

export interface OtlpExporterOptions {
  /** Where spans are posted: ends in `/v1/traces`. */
  readonly url: string;
  /** May hold a key: never logged. */
  readonly headers: Readonly<Record<string, string>>;
  readonly resource: Readonly<Record<string, SpanValue>>;
  readonly logger: Logger;
}

/** Takes spans and sends them in batches. */
export interface OtlpExporter {
  add(span: EndedSpan): void;
  /** Sends what is left, once. Never throws. */
  close(): Promise<void>;
}

const everyMs = 2_000;
const largestBatch = 512;
/** A collector that is away must not fill the memory: the oldest go. */
const most = 4_096;
const timeoutMs = 10_000;

/** Posts spans every two seconds. A collector that does not answer is told of once, and tried again with the next batch. */
export function createOtlpExporter({ url, headers, resource, logger }: OtlpExporterOptions): OtlpExporter {
  const waiting: EndedSpan[] = [];
  let sending: Promise<void> = Promise.resolve();
  let away = false;

  async function post(batch: readonly EndedSpan[]): Promise<"taken" | "refused" | "away"> {
    try {
      const answer = await fetch(url, {
        method: "POST",
        headers: { ...headers, "content-type": "application/json" },
        body: otlpJson(batch, resource),
        signal: AbortSignal.timeout(timeoutMs),
      });
      await answer.body?.cancel();
      if (answer.ok) return "taken";
      return answer.status === 429 || answer.status >= 500 ? "away" : "refused";
    } catch {
      return "away";
    }
  }

  async function send(): Promise<void> {
    while (waiting.length > 0) {
      const batch = waiting.splice(0, largestBatch);
      const outcome = await post(batch);
      if (outcome !== "taken" && !away) {
        logger.warn("the collector of traces does not take them; the work goes on without", { outcome });
      }
      away = outcome !== "taken";
      if (outcome !== "away") continue;
      waiting.unshift(...batch.slice(0, Math.max(0, most - waiting.length)));
      return;
    }
  }

  const timer = setInterval(() => {
    sending = sending.then(send);
  }, everyMs);
  timer.unref();

  return {
    add(span) {
      waiting.push(span);
      if (waiting.length > most) waiting.shift();
    },
    async close() {
      clearInterval(timer);
      await sending;
      await send();
    },
  };
}
