import type { Configuration, ConfiguredSync } from "../configuration/configuration.ts";
import type { RunningHttp } from "@cosell/worker";

/** What a worker says when it begins. */
export function renderWorkerStart(
  { worker: settings }: Configuration,
  syncs: readonly ConfiguredSync[],
  { owner, http }: { readonly owner: string; readonly http: RunningHttp | undefined },
  inline: boolean,
): string {
  const names = syncs.map(({ name }) => name).join(", ");
  const lines = [
    `Worker ${owner} keeps ${names} in step${inline ? ", alone in this process" : ""}; ${settings.concurrency} links at a time, a look every ${settings.pollSeconds} s.`,
    ...(settings.events?.queueUrl === undefined ? [] : ["Events come from SQS."]),
    ...(http === undefined ? [] : [`Webhooks, health and metrics: ${http.url}`]),
  ];
  return lines.join("\n");
}
