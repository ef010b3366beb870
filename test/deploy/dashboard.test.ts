import { readFileSync } from "node:fs";
import { join } from "node:path";
import { beforeAll, describe, expect, it } from "@jest/globals";
import { createMetrics } from "@cosell/worker";

const root = join(import.meta.dirname, "../..");
const read = (path: string): string => readFileSync(join(root, path), "utf8");

interface Panel {
  readonly id: number;
  readonly type: string;
  readonly title: string;
  readonly gridPos: { readonly h: number; readonly w: number; readonly x: number; readonly y: number };
  readonly targets?: readonly { readonly expr: string; readonly legendFormat: string }[];
}

const dashboard = JSON.parse(read("docs/deploy/grafana-dashboard.json")) as {
  readonly title: string;
  readonly uid: string;
  readonly templating: { readonly list: readonly { readonly name: string; readonly definition?: string }[] };
  readonly panels: readonly Panel[];
};

/** Every metric of a worker, with its labels: after each was counted once. */
async function metricsOfAWorker(): Promise<
  ReadonlyMap<string, { readonly type: string; readonly labels: Set<string> }>
> {
  const metrics = createMetrics();
  const none = { dirty: 0, held: 0, deferred: 0, conflicts: 0, failed: 0, pendingCalls: 0, reviewStatus: {} };
  metrics.reconciled("s", "changed");
  metrics.applied("s", "crm", 1);
  metrics.failed("s", "invalid");
  metrics.awsCall("a", "GetOpportunity", "read", "answered");
  metrics.quotaWait("a", "read", 1);
  metrics.quotaLimit("a", "read", { perSecond: 10, perDay: 100 });
  metrics.webhook("aws", "taken");
  metrics.events("s", "accepted", 1);
  metrics.messages("sqs", "taken", 1);
  metrics.intake("s", "crm", 1);
  metrics.links("s", { ...none, links: { linked: 1 } } as unknown as Parameters<typeof metrics.links>[1]);
  metrics.queue("tasks", { waiting: 1 });
  metrics.connection("crm", true);
  metrics.pauses([{ scope: "sync", name: "s" }]);
  const { text } = await metrics.text();
  const found = new Map<string, { readonly type: string; readonly labels: Set<string> }>();
  for (const [, name = "", type = ""] of text.matchAll(/^# TYPE (\S+) (\S+)$/gm)) {
    found.set(name, { type, labels: new Set() });
  }
  for (const [, series = "", inside = ""] of text.matchAll(/^([a-z_A-Z0-9]+)\{([^}]*)\}/gm)) {
    const known = found.get(series) ?? found.get(series.replace(/_(?:bucket|sum|count)$/, ""));
    for (const [, label = ""] of inside.matchAll(/(\w+)="/g)) known?.labels.add(label);
  }
  return found;
}

let metrics: Awaited<ReturnType<typeof metricsOfAWorker>>;
beforeAll(async () => {
  metrics = await metricsOfAWorker();
});

const queries = dashboard.panels.flatMap(({ title, targets = [] }) =>
  targets.map(({ expr, legendFormat }) => ({ title, expr, legendFormat })),
);
/** What Prometheus adds to every series. */
const everywhere = new Set(["instance", "job"]);

/** Names of series in a query: what is neither a function, a label, a value nor a word of the language. */
function seriesIn(expr: string): readonly string[] {
  const bare = expr
    .replaceAll(/\{[^}]*\}/g, "")
    .replaceAll(/\b(?:by|without)\s*\([^)]*\)/g, "")
    .replaceAll(/\[[^\]]*\]/g, "");
  return [...bare.matchAll(/[a-z_]\w*(?!\w*\s*\()/g)].map(([name]) => name);
}

describe("the dashboard", () => {
  it("asks only for metrics and labels that there are", () => {
    const wrong: string[] = [];
    for (const { title, expr } of queries) {
      const names = seriesIn(expr);
      if (names.length === 0) wrong.push(`${title}: no metric in ${expr}`);
      const labels = new Set(["le"]);
      for (const name of names) {
        const metric = metrics.get(name) ?? metrics.get(name.replace(/_(?:bucket|sum|count)$/, ""));
        if (metric === undefined) wrong.push(`${title}: ${name}`);
        for (const label of metric?.labels ?? []) labels.add(label);
      }
      const inBraces = [...expr.matchAll(/\{([^}]*)\}/g)].flatMap(([, inside = ""]) =>
        [...inside.matchAll(/(\w+)\s*(?:=~|!~|!=|=)/g)].map(([, label = ""]) => label),
      );
      const grouped = [...expr.matchAll(/\bby\s*\(([^)]*)\)/g)].flatMap(([, inside = ""]) => inside.split(/,\s*/));
      for (const label of [...inBraces, ...grouped]) if (!labels.has(label)) wrong.push(`${title}: label ${label}`);
    }
    expect(wrong).toEqual([]);
  });

  it("rates counters, and nothing else", () => {
    for (const { title, expr } of queries) {
      for (const [, name = ""] of expr.matchAll(/(?:rate|increase)\((\w+)/g)) {
        expect([title, name]).toEqual([title, expect.stringMatching(/_(?:total|bucket|count|sum)$/)]);
      }
      for (const name of seriesIn(expr).filter((one) => one.endsWith("_total"))) {
        expect(expr).toMatch(new RegExp(`(?:rate|increase)\\(${name}`));
      }
    }
  });

  it("names in its legends what its queries keep", () => {
    for (const { title, expr, legendFormat } of queries) {
      const kept = new Set(
        [...expr.matchAll(/\bby\s*\(([^)]*)\)/g)].flatMap(([, inside = ""]) => inside.split(/,\s*/)),
      );
      const named = [...legendFormat.matchAll(/\{\{(\w+)\}\}/g)].map(([, label = ""]) => label);
      expect([title, named.filter((label) => !kept.has(label) && !everywhere.has(label))]).toEqual([title, []]);
    }
  });

  it("shows every metric of Cosell's own, without panels that overlap", () => {
    const asked = new Set(queries.flatMap(({ expr }) => seriesIn(expr)));
    const unseen = [...metrics.keys()].filter(
      (name) => name.startsWith("cosell_") && !asked.has(name) && !asked.has(`${name}_bucket`),
    );
    expect(unseen).toEqual([]);
    const ids = dashboard.panels.map(({ id }) => id);
    expect(new Set(ids).size).toBe(ids.length);
    const cells = dashboard.panels.flatMap(({ gridPos: { h, w, x, y } }) =>
      Array.from({ length: h * w }, (_, cell) => `${x + (cell % w)} ${y + Math.floor(cell / w)}`),
    );
    expect(new Set(cells).size).toBe(cells.length);
  });

  it("fills its variables from labels that there are", () => {
    const definitions = dashboard.templating.list.flatMap(({ definition }) =>
      definition === undefined ? [] : [definition],
    );
    expect(definitions.length).toBeGreaterThan(0);
    for (const definition of definitions) {
      const [, name = "", label = ""] = /^label_values\((\w+), (\w+)\)$/.exec(definition) ?? [];
      expect([...(metrics.get(name)?.labels ?? [])]).toContain(label);
    }
  });
});

describe("the table of metrics in docs/worker.md", () => {
  it("lists each with its type and labels", () => {
    const rows = [...read("docs/worker.md").matchAll(/^\| `(cosell_\w+)`\s*\| (\w+)\s*\| ([^|]*?)\s*\|/gm)].map(
      ([, name = "", type = "", labels = ""]) => [
        name,
        type,
        [...labels.matchAll(/`(\w+)`/g)].map(([, label]) => label).toSorted(),
      ],
    );
    const own = [...metrics]
      .filter(([name]) => name.startsWith("cosell_"))
      .map(([name, { type, labels }]) => [name, type, [...labels].filter((label) => label !== "le").toSorted()]);
    expect(rows.toSorted()).toEqual(own.toSorted());
  });

  it("follows Prometheus's conventions", () => {
    for (const [name, { type }] of metrics) {
      if (!name.startsWith("cosell_")) continue;
      expect([name, name.endsWith("_total")]).toEqual([name, type === "counter"]);
      if (type === "histogram") expect(name).toMatch(/_seconds$/);
    }
    expect([...metrics.keys()]).toEqual(
      expect.arrayContaining(["process_resident_memory_bytes", "nodejs_eventloop_lag_seconds"]),
    );
  });
});
