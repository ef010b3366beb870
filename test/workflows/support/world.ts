import { type Clock, type JsonObject, silentLogger } from "@cosell/connector";
import {
  manualClock,
  type PartnerCentralAccountSettings,
  type PartnerCentralSettings,
  type RunningPartnerCentral,
  startPartnerCentral,
} from "@cosell/emulator";
import {
  createMemoryQuotaGate,
  createPartnerCentral,
  createPartnerCentralAccount,
  type PartnerCentral,
} from "@cosell/partner-central";
import {
  accountCaller,
  runWorkflow,
  type Workflow,
  type WorkflowCaller,
  type WorkflowMemory,
  type WorkflowOutcome,
  type WorkflowProgress,
  type WorkflowRecord,
  workflows,
  type WorkflowSurroundings,
} from "@cosell/partner-central/workflows";

/** The emulated Partner Central with the real client before it, in a time that moves when somebody waits. */
export interface World extends RunningPartnerCentral {
  readonly client: PartnerCentral;
  readonly partner: PartnerCentral;
  /** The Account API, as the first and as the second partner. */
  readonly account: WorkflowCaller;
  readonly partnerAccount: WorkflowCaller;
  readonly sleeper: Clock;
  run(name: string, input: JsonObject | undefined, change?: Partial<WorkflowSurroundings>): Promise<Ran>;
}

/** What a run left. */
export interface Ran {
  readonly outcome: WorkflowOutcome;
  readonly progress: readonly WorkflowProgress[];
}

/** A memory that forgets nothing and can be looked at. */
export interface Notebook extends WorkflowMemory {
  record(): WorkflowRecord | undefined;
  readonly saves: number;
}

/** Keeps the record as text, as a file would. `onSave` may throw, before or after the record is kept. */
export function notebook(onSave?: (count: number, keep: () => void) => void): Notebook {
  let text: string | undefined;
  let saves = 0;
  return {
    get saves() {
      return saves;
    },
    record: () => (text === undefined ? undefined : (JSON.parse(text) as WorkflowRecord)),
    load: async () => (text === undefined ? undefined : (JSON.parse(text) as WorkflowRecord)),
    save: async (record) => {
      saves += 1;
      const keep = (): void => {
        text = JSON.stringify(record);
      };
      if (onSave === undefined) keep();
      else onSave(saves, keep);
    },
  };
}

/** A workflow by its name. */
function workflowNamed(name: string): Workflow {
  const found = workflows.find((each) => each.name === name);
  if (found === undefined) throw new RangeError(`There is no workflow ${name}.`);
  return found;
}

/** Starts one at 2026-01-15T09:00:00Z. */
export async function startWorld(
  settings: Partial<PartnerCentralSettings> = {},
  accountSettings: Partial<PartnerCentralAccountSettings> = {},
): Promise<World> {
  const clock = manualClock(Date.parse("2026-01-15T09:00:00Z"));
  const running = await startPartnerCentral({ clock, settings: { quotas: true, ...settings }, accountSettings });
  const sleeper: Clock = {
    now: clock.now,
    sleep: async (milliseconds, signal) => {
      signal?.throwIfAborted();
      clock.advance(Math.max(0, milliseconds));
    },
  };
  const open: { close(): void }[] = [];
  const optionsFor = (accessKeyId: string, endpoint: string) => ({
    catalog: "Sandbox" as const,
    region: "us-east-1",
    endpoint,
    credentials: { accessKeyId, secretAccessKey: "not checked" },
    gate: createMemoryQuotaGate({ clock: sleeper }),
    clock: sleeper,
    logger: silentLogger,
  });
  const sellingFor = (accessKeyId: string): PartnerCentral => {
    const made = createPartnerCentral(optionsFor(accessKeyId, running.url));
    open.push(made);
    return made;
  };
  const accountFor = (accessKeyId: string): WorkflowCaller => {
    const made = createPartnerCentralAccount(optionsFor(accessKeyId, running.partnerCentralAccount.url));
    open.push(made);
    return accountCaller(made);
  };
  const client = sellingFor("AKIACOSELLPARTNERONE");
  const partner = sellingFor("AKIACOSELLPARTNERTWO");
  const account = accountFor("AKIACOSELLPARTNERONE");
  const partnerAccount = accountFor("AKIACOSELLPARTNERTWO");
  return {
    ...running,
    client,
    partner,
    account,
    partnerAccount,
    sleeper,
    run: async (name, input, change = {}) => {
      const progress: WorkflowProgress[] = [];
      const outcome = await runWorkflow(workflowNamed(name), input, {
        catalog: "Sandbox",
        selling: client,
        account,
        memory: notebook(),
        clock: sleeper,
        onProgress: (one) => progress.push(one),
        ...change,
      });
      return { outcome, progress };
    },
    close: async () => {
      for (const each of open) each.close();
      await running.close();
    },
  };
}

/** How many of each kind there are at AWS: what a crash must not change. */
export function countsOf({ partnerCentral }: World): Readonly<Record<string, number>> {
  const { spaces, engagements, invitations, snapshots } = partnerCentral.state();
  const all = Object.values(spaces);
  const sum = (count: (space: (typeof all)[number]) => number): number =>
    all.reduce((total, space) => total + count(space), 0);
  return {
    opportunities: sum(({ opportunities }) => Object.keys(opportunities).length),
    related: sum(({ opportunities }) =>
      Object.values(opportunities).reduce((total, { related }) => total + Object.values(related).flat().length, 0),
    ),
    tasks: sum(({ tasks }) => Object.keys(tasks).length),
    prospectingTasks: sum(({ prospectingTasks }) => Object.keys(prospectingTasks).length),
    snapshotJobs: sum(({ jobs }) => Object.keys(jobs).length),
    engagements: Object.keys(engagements).length,
    contexts: Object.values(engagements).reduce((total, { contexts }) => total + contexts.length, 0),
    members: Object.values(engagements).reduce((total, { members }) => total + members.length, 0),
    invitations: Object.keys(invitations).length,
    snapshots: Object.keys(snapshots).length,
    ...accountCountsOf(partnerCentral.account.state()),
  };
}

function accountCountsOf(
  state: ReturnType<World["partnerCentral"]["account"]["state"]>,
): Readonly<Record<string, number>> {
  const all = Object.values(state.spaces);
  const sum = (count: (space: (typeof all)[number]) => number): number =>
    all.reduce((total, space) => total + count(space), 0);
  return {
    partners: all.filter(({ partner }) => partner !== null).length,
    domains: sum(({ partner }) => partner?.domains.length ?? 0),
    profileTasks: sum(({ profileTaskStarts }) => profileTaskStarts.length),
    visibilityChanges: sum(({ visibilityChanges }) => visibilityChanges.length),
    preferences: sum(({ preferences }) => preferences?.revision ?? 0),
    connections: Object.keys(state.connections).length,
    connectionInvitations: Object.keys(state.connectionInvitations).length,
    verifications: Object.keys(state.verifications).length,
  };
}

/** An id that a run gave. */
export function idIn({ result }: WorkflowOutcome, name: string): string {
  const id = result[name];
  if (typeof id !== "string") throw new RangeError(`The outcome has no ${name}.`);
  return id;
}
