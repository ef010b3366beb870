import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { setTimeout as pause } from "node:timers/promises";

/** One span as the collector got it. */
export interface CollectedSpan {
  readonly source: string;
  readonly traceId: string;
  readonly spanId: string;
  readonly parentSpanId: string | undefined;
  readonly name: string;
  readonly kind: number;
  readonly milliseconds: number;
  readonly attributes: Readonly<Record<string, string>>;
  readonly status: { readonly code: number; readonly message?: string };
}

/** An OTLP collector that keeps what it is sent. */
export interface Collector {
  readonly url: string;
  /** Every body, as it came. */
  readonly bodies: readonly string[];
  readonly headers: readonly Readonly<Record<string, unknown>>[];
  spans(): readonly CollectedSpan[];
  /** Answers with this status from now on. */
  answer(status: number): void;
  /** Waits until the spans hold what is looked for. */
  until<Found>(find: (spans: readonly CollectedSpan[]) => Found | undefined): Promise<Found>;
  close(): Promise<void>;
}

interface WireAttribute {
  readonly key: string;
  readonly value: Readonly<Record<string, unknown>>;
}

interface WireSpan extends Omit<CollectedSpan, "attributes" | "source" | "milliseconds"> {
  readonly attributes: readonly WireAttribute[];
  readonly startTimeUnixNano: string;
  readonly endTimeUnixNano: string;
}

interface WireRequest {
  readonly resourceSpans: readonly {
    readonly scopeSpans: readonly { readonly scope: { readonly name: string }; readonly spans: readonly WireSpan[] }[];
  }[];
}

/** Starts a collector on a free port. */
export async function startCollector(): Promise<Collector> {
  const bodies: string[] = [];
  const headers: Readonly<Record<string, unknown>>[] = [];
  let status = 200;
  const server = createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on("data", (chunk: Buffer) => chunks.push(chunk));
    request.on("end", () => {
      if (status === 200 && request.url === "/v1/traces") {
        bodies.push(Buffer.concat(chunks).toString("utf8"));
        headers.push(request.headers);
      }
      response.writeHead(request.url === "/v1/traces" ? status : 404, { "content-type": "application/json" });
      response.end("{}");
    });
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const spans = (): readonly CollectedSpan[] => bodies.flatMap(spansIn);
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    bodies,
    headers,
    spans,
    answer: (next) => {
      status = next;
    },
    async until(find) {
      for (;;) {
        const found = find(spans());
        if (found !== undefined) return found;
        await pause(50);
      }
    },
    async close() {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

function spansIn(body: string): readonly CollectedSpan[] {
  const { resourceSpans } = JSON.parse(body) as WireRequest;
  return resourceSpans.flatMap(({ scopeSpans }) =>
    scopeSpans.flatMap(({ scope, spans }) =>
      spans.map(({ attributes, startTimeUnixNano, endTimeUnixNano, ...span }) => ({
        ...span,
        source: scope.name,
        milliseconds: Number((BigInt(endTimeUnixNano) - BigInt(startTimeUnixNano)) / 1_000_000n),
        attributes: Object.fromEntries(attributes.map(({ key, value }) => [key, String(Object.values(value)[0])])),
      })),
    ),
  );
}
