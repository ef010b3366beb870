import type { Clock, Logger, Secret } from "@cosell/connector";
import { alarmsInMemory, type StandingAlarms } from "./standing-alarms.ts";

/** Something that a person should know now. */
export interface Alarm {
  /** One alarm per key until it is cleared: `auth:crm`, `expiring:engi-…`. */
  readonly key: string;
  readonly severity: "warning" | "critical";
  /** One sentence: what, and what to do. No values of deals. */
  readonly text: string;
}

export interface Alarms {
  /** Tells a person, once; again when it still stands a day later. Never throws. */
  raise(alarm: Alarm): Promise<void>;
  /** It is over; the person is told too. Never throws. */
  clear(key: string): Promise<void>;
  /** Lets what is being sent arrive, and tries nothing again. */
  close(): Promise<void>;
}

export interface AlarmOptions {
  /** A Slack-shaped webhook: takes `{ text }`. Absent: the log only. Its address is a secret. */
  readonly url?: Secret;
  /** Who says it. @defaultValue "Cosell" */
  readonly name?: string;
  /** Which alarms stand. @defaultValue those of this process */
  readonly standing?: StandingAlarms;
  readonly clock: Clock;
  readonly logger: Logger;
}

/** A minute's outage of the webhook loses no alarm. */
const waitsMs = [1_000, 4_000, 15_000, 60_000] as const;
const timeoutMs = 10_000;

/** What became of one attempt. `refused`: the address or what is sent is wrong, and stays so. */
type Sent = "sent" | "refused" | "away";

/** Alarms to a webhook, each once, tried again a few times; always to the log as well. Nobody waits for the webhook. */
export function createAlarms({
  url,
  name = "Cosell",
  clock,
  logger,
  standing = alarmsInMemory(clock),
}: AlarmOptions): Alarms {
  const stop = new AbortController();
  const onTheWay = new Set<Promise<void>>();
  const deliver = async (text: string): Promise<void> => {
    if (url === undefined) return;
    let outcome: Sent = "away";
    for (const waitMs of [...waitsMs, 0]) {
      outcome = await post(url, `${name}: ${text}`);
      if (outcome !== "away" || stop.signal.aborted) break;
      await clock.sleep(waitMs, stop.signal).catch(() => undefined);
    }
    // Its address is as good as a password.
    if (outcome !== "sent") {
      logger.error("an alarm could not be sent: look at worker.alarms.url and at the service behind it", { outcome });
    }
  };
  const send = (text: string): void => {
    const sending = deliver(text).finally(() => onTheWay.delete(sending));
    onTheWay.add(sending);
  };
  return {
    async raise(alarm) {
      if (!(await standing.begin(alarm))) return;
      logger[alarm.severity === "critical" ? "error" : "warn"](alarm.text, { alarm: alarm.key });
      send(`${alarm.severity === "critical" ? ":rotating_light:" : ":warning:"} ${alarm.text}`);
    },
    async clear(key) {
      const alarm = await standing.end(key);
      if (alarm === undefined) return;
      logger.info("an alarm is over", { alarm: key });
      send(`:white_check_mark: Over: ${alarm.text}`);
    },
    async close() {
      stop.abort();
      await Promise.all(onTheWay);
    },
  };
}

async function post(url: Secret, text: string): Promise<Sent> {
  try {
    const answer = await fetch(url.reveal(), {
      method: "POST",
      headers: { "content-type": "application/json" },
      body: JSON.stringify({ text }),
      signal: AbortSignal.timeout(timeoutMs),
    });
    await answer.body?.cancel();
    if (answer.ok) return "sent";
    return answer.status >= 500 || answer.status === 429 || answer.status === 408 ? "away" : "refused";
  } catch {
    return "away";
  }
}
