import { once } from "node:events";
import type { JsonValue } from "@cosell/connector";
import { silentLogger } from "@cosell/connector";
import type { RunningEmulators } from "@cosell/emulator";
import type { EventReport } from "@cosell/engine";
import { startSqsIntake } from "@cosell/worker";

const nothing: EventReport = { accepted: 0, ignored: 0, marked: 0, invitations: 0, echoes: 0 };

/** Takes events from the partner's queue, as a worker does, until none is left that has arrived. */
export async function drainEvents(
  emulators: RunningEmulators,
  receive: (events: readonly JsonValue[]) => Promise<EventReport>,
): Promise<EventReport> {
  let sum = nothing;
  const { sqs } = emulators;
  emulators.settle();
  if (isEmpty(emulators)) return sum;
  const emptied = new AbortController();
  const intake = startSqsIntake({
    queueUrl: sqs.queueUrl,
    region: "us-east-1",
    endpoint: sqs.url,
    credentials: { accessKeyId: "AKIACOSELLPARTNERONE", secretAccessKey: "emulated" },
    take: async (events) => {
      const report = await receive(events);
      sum = {
        accepted: sum.accepted + report.accepted,
        ignored: sum.ignored + report.ignored,
        marked: sum.marked + report.marked,
        invitations: sum.invitations + report.invitations,
        echoes: sum.echoes + report.echoes,
      };
    },
    onMessages: (outcome, count) => {
      if (outcome === "failed") throw new Error(`${count} events could not be taken`);
    },
    logger: silentLogger,
  });
  const watch = setInterval(() => {
    if (isEmpty(emulators)) emptied.abort();
  }, 5);
  await once(emptied.signal, "abort");
  clearInterval(watch);
  // It stops asking at once, and takes a second of real time to say so.
  void intake.stop();
  return sum;
}

function isEmpty({ sqs }: RunningEmulators): boolean {
  const own = sqs.state().find(({ account }) => account === "111122223333");
  return (own?.messages.length ?? 0) === 0;
}
