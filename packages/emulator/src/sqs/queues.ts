import type { EmulatorClock } from "../kernel/index.ts";
import { Queue, type QueueDocument, type QueueTime } from "./queue.ts";

/** How the emulated SQS behaves. */
export interface SqsSettings {
  /**
   * The clock of visibility timeouts and delays. `machine`: real time, as long polls; a virtual clock that jumps does not
   * hand a message to a second reader while the first works on it. `emulator`: tests pass a timeout by moving the clock.
   */
  readonly visibilityClock: "machine" | "emulator";
}

/** Real time for visibility. */
export const defaultSqsSettings: SqsSettings = { visibilityClock: "machine" };

/** The only words that these settings take. */
export const sqsChoices = { visibilityClock: ["machine", "emulator"] } as const;

/** All queues of all accounts. */
export interface Queues {
  find(account: string, name: string): Queue | undefined;
  /** The queue, made when it is not there. */
  open(account: string, name: string, attributes?: Readonly<Record<string, string>>): Queue;
  remove(account: string, name: string): void;
  of(account: string): readonly Queue[];
  /** Lets every long poll look again: after a jump of the emulator's clock. */
  wake(): void;
  state(): readonly QueueDocument[];
  load(documents: readonly QueueDocument[]): void;
}

/** No queues yet. */
export function createQueues(clock: EmulatorClock, settings: () => SqsSettings): Queues {
  const queues = new Map<string, Queue>();
  const time: QueueTime = {
    now: () => clock.now(),
    visibility: () => (settings().visibilityClock === "machine" ? Date.now() : clock.now()),
  };
  const add = (document: QueueDocument): Queue => {
    const queue = new Queue(document, time);
    queues.set(`${document.account}/${document.name}`, queue);
    return queue;
  };
  const all = (): readonly Queue[] => [...queues.values()];
  const wake = (): void => {
    for (const queue of all()) queue.wake();
  };
  return {
    find: (account, name) => queues.get(`${account}/${name}`),
    open: (account, name, attributes = {}) =>
      queues.get(`${account}/${name}`) ?? add({ account, name, attributes, createdAt: clock.now(), messages: [] }),
    remove: (account, name) => {
      queues.delete(`${account}/${name}`);
    },
    of: (account) => all().filter((queue) => queue.account === account),
    wake,
    state: () => all().map((queue) => queue.document()),
    load: (documents) => {
      // Long polls hold on to their queue: they come back empty and find the loaded one next time.
      wake();
      queues.clear();
      documents.forEach(add);
    },
  };
}
