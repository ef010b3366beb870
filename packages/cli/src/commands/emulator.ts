import type { EmulatorsOptions, RunningEmulators } from "@cosell/emulator";
import { setTimeout } from "node:timers/promises";
import { UsageError } from "../failure/findings-error.ts";
import type { CommandContext, CommandDefinition } from "../program/command.ts";
import { examples, portNumber, wholeNumber } from "../program/usage.ts";
import { shippedMapping } from "../session/shipped-mapping.ts";
import { renderCall, renderEmulatorBanner } from "../views/emulator.ts";

interface EmulatorOptions {
  readonly deals: number;
  readonly seed: number;
  readonly port?: number;
  readonly accountPort?: number;
  readonly sqsPort?: number;
  readonly salesforcePort?: number;
  readonly hubspotPort?: number;
  readonly pipedrivePort?: number;
  readonly adminPort?: number;
  readonly host: string;
  readonly quotas?: boolean;
}

const logEveryMs = 200;

/** `cosell emulator`: runs until it is interrupted, which is a good end. */
export const defineEmulator: CommandDefinition = (command, act) => {
  command
    .option("--deals <n>", "deals that each emulated CRM begins with", wholeNumber(0), 200)
    .option("--seed <n>", "the same seed gives the same company", wholeNumber(0), 1)
    .option("--port <n>", "port of Partner Central (default: a free one)", portNumber)
    .option("--account-port <n>", "port of Partner Central's Account API (default: a free one)", portNumber)
    .option("--sqs-port <n>", "port of SQS, with the queue of events (default: a free one)", portNumber)
    .option("--salesforce-port <n>", "port of Salesforce (default: a free one)", portNumber)
    .option("--hubspot-port <n>", "port of HubSpot (default: a free one)", portNumber)
    .option("--pipedrive-port <n>", "port of Pipedrive (default: a free one)", portNumber)
    .option("--admin-port <n>", "port of the admin face (default: a free one)", portNumber)
    .option("--host <address>", "address to listen on", "127.0.0.1")
    .option("--quotas", "refuse calls that are faster than AWS allows: 1 write and 10 reads per second")
    .addHelpText(
      "after",
      "\nWith --json it prints one line with the URLs, then runs on. Stop it with Ctrl-C or SIGTERM.",
    )
    .addHelpText("after", examples("cosell emulator", "cosell emulator --deals 50 --port 4566 --json"))
    .action((options: EmulatorOptions) =>
      act(async (context) => {
        const emulators = await start(options);
        try {
          announce(context, emulators);
          await logUntilStopped(context, emulators);
        } finally {
          await emulators.close();
        }
        return 0;
      }),
    );
};

async function start(options: EmulatorOptions): Promise<RunningEmulators> {
  const { startEmulators, runningClock } = await import("@cosell/emulator");
  const clock = runningClock();
  const { port, accountPort, sqsPort, salesforcePort, hubspotPort, pipedrivePort, adminPort } = options;
  const { host, deals, seed, quotas = false } = options;
  const ports: EmulatorsOptions["ports"] = {
    ...(port !== undefined && { partnerCentralSelling: port }),
    ...(accountPort !== undefined && { partnerCentralAccount: accountPort }),
    ...(sqsPort !== undefined && { sqs: sqsPort }),
    ...(salesforcePort !== undefined && { salesforce: salesforcePort }),
    ...(hubspotPort !== undefined && { hubspot: hubspotPort }),
    ...(pipedrivePort !== undefined && { pipedrive: pipedrivePort }),
    ...(adminPort !== undefined && { admin: adminPort }),
  };
  const asOf = new Date(clock.now()).toISOString().slice(0, 10);
  const settings = { partnerCentralSelling: { quotas } };
  try {
    return await startEmulators({ clock, ports, host, settings, ...(deals > 0 && { seed: { deals, seed, asOf } }) });
  } catch (error) {
    const code = (error as NodeJS.ErrnoException).code ?? "";
    if (!addressProblems.has(code)) throw error;
    throw new UsageError(`Cannot listen on ${host}: ${addressProblems.get(code) ?? code}.`);
  }
}

const addressProblems: ReadonlyMap<string, string> = new Map([
  ["EADDRINUSE", "a port that was asked for is taken"],
  ["EADDRNOTAVAIL", "this machine has no such address"],
  ["ENOTFOUND", "this machine has no such address"],
  ["EACCES", "the system allows that port to the administrator only"],
]);

function announce(
  { terminal }: CommandContext,
  {
    partnerCentralSelling,
    partnerCentralAccount,
    sqs,
    salesforce,
    hubspot,
    pipedrive,
    admin,
    ...world
  }: RunningEmulators,
): void {
  const urls = {
    partnerCentralSelling: partnerCentralSelling.url,
    partnerCentralAccount: partnerCentralAccount.url,
    sqs: sqs.url,
    queueUrl: sqs.queueUrl,
    salesforce: salesforce.url,
    hubspot: hubspot.url,
    pipedrive: pipedrive.url,
    admin: admin.url,
  };
  if (terminal.json) {
    terminal.write(`${JSON.stringify(urls)}\n`);
    return;
  }
  const settings = { partnerCentral: world.partnerCentral.settings(), salesforce: salesforce.settings() };
  terminal.line(renderEmulatorBanner(terminal, urls, settings, shippedMapping("salesforce.opportunity.yaml")));
}

async function logUntilStopped({ terminal, signal }: CommandContext, { requests }: RunningEmulators): Promise<void> {
  let seen = 0;
  while (!signal.aborted) {
    for (const call of requests.since(seen)) {
      seen = call.sequence;
      terminal.line(renderCall(terminal, call));
    }
    await setTimeout(logEveryMs, undefined, { signal }).catch(() => undefined);
  }
}
