import type { JsonObject } from "@cosell/connector";
import type { Finding } from "@cosell/core";
import type { Operation, ServiceName } from "@cosell/partner-central/model";
import { Option } from "commander";
import { randomUUID } from "node:crypto";
import { accountSettings } from "../api/account-endpoint.ts";
import { checkInput } from "../api/check-input.ts";
import { hasCatalog, type MeantOperation, operationMeant } from "../api/meant-operation.ts";
import { largestPage, listMember } from "../api/pages.ts";
import { readInput } from "../api/read-input.ts";
import { type SettingFlags, settingsFor } from "../api/settings.ts";
import { renderFindings } from "../configuration/render-findings.ts";
import { renderError, reportOf } from "../failure/report.ts";
import type { CommandContext, CommandDefinition, ExitCode } from "../program/command.ts";
import { examples } from "../program/usage.ts";
import { openPartnerCentralAccount } from "../session/open-partner-central-account.ts";
import { openPartnerCentral } from "../session/open-partner-central.ts";
import { type JsonList, startJsonList } from "../terminal/json-list.ts";
import { listedOperations, renderOperations } from "../views/api.ts";

interface ApiOptions extends SettingFlags {
  readonly input?: string;
  readonly paginate?: boolean;
  readonly dryRun?: boolean;
  readonly list?: boolean;
  readonly service?: ServiceName;
}

type Call = (body: JsonObject) => Promise<JsonObject>;

/** `cosell api <operation>`: one call to Partner Central, checked before it is sent, AWS's answer as it came. */
export const defineApi: CommandDefinition = (command, act) => {
  command
    .option("--input <file>", "the operation's input as JSON; - reads standard input (default: an empty input)")
    .option("--paginate", "all pages of a list, item by item: JSON lines, with --json one document")
    .option("--dry-run", "print the body that would be sent, and send nothing")
    .addOption(new Option("--catalog <catalog>", "instead of the configuration's").choices(["AWS", "Sandbox"]))
    .option("--region <region>", "instead of the configuration's (without one us-east-1)")
    .option("--endpoint <url>", "instead of the configuration's, such as an emulator's")
    .option("--partner-central <name>", "the partner account that is meant, when several are configured")
    .addOption(
      new Option(
        "--service <service>",
        "whose operation, when both APIs have one of that name (default: selling)",
      ).choices(["selling", "account"]),
    )
    .option("--list", "list the operations, in a pipe their names only, and call nothing")
    .addHelpText(
      "after",
      examples(
        "cosell api --list",
        `echo '{ "Identifier": "O1234567" }' | cosell api GetOpportunity --input -`,
        "cosell api ListOpportunities --paginate --catalog Sandbox",
        "cosell api UpdateOpportunity --input opportunity.json --dry-run",
        "cosell api ListConnections --paginate --catalog Sandbox",
      ),
    )
    .action((name: string | undefined, options: ApiOptions) => act((context) => api(context, name, options)));
};

async function api(context: CommandContext, name: string | undefined, options: ApiOptions): Promise<ExitCode> {
  const { terminal } = context;
  if (options.list === true) {
    if (terminal.json) terminal.document({ operations: listedOperations(options.service) });
    else terminal.line(renderOperations(terminal, options.service));
    return 0;
  }
  const meant = operationMeant(name, options.service);
  const { operation } = meant;
  if (options.paginate === true) listMember(meant);
  const input = await readInput(options.input);
  const { settings, secrets } = await settingsFor(context, options, input.members, { needsCatalog: hasCatalog(meant) });
  const token = missingToken(operation, input.members);
  const body = {
    ...(options.paginate === true && largestPage(operation)),
    ...input.members,
    ...token,
    ...(hasCatalog(meant) && { Catalog: settings.catalog }),
  };
  const findings = checkInput(meant, body, input);
  if (findings.some(({ severity }) => severity === "error")) return refuse(context, operation, findings);
  if (findings.length > 0) terminal.note(renderFindings(findings, terminal.errorColours));
  for (const [member, value] of Object.entries(token)) {
    terminal.note(`${member} ${value} was filled in: give it in the input to repeat this very call.`);
  }
  if (options.dryRun === true) {
    terminal.document(body);
    return 0;
  }
  const surroundings = { clock: context.clock, logger: await context.logger(secrets) };
  const client =
    meant.service.name === "selling"
      ? await openPartnerCentral(settings, surroundings)
      : await openPartnerCentralAccount(accountSettings(settings, options.endpoint, context.environment), surroundings);
  const call: Call = (given) => client.call(operation.name, given, { signal: context.signal });
  try {
    if (options.paginate === true) return await paginate(context, meant, body, call);
    terminal.document(await call(body));
    return 0;
  } finally {
    client.close();
  }
}

/** A token for an operation that wants one: a call that is repeated with it is the same call. */
function missingToken({ input }: Operation, members: JsonObject): Readonly<Record<string, string>> {
  const wanted = input.filter(({ path, idempotencyToken }) => idempotencyToken && !/[.[{]/.test(path));
  return Object.fromEntries(
    wanted.filter(({ path }) => (members[path] ?? null) === null).map(({ path }) => [path, randomUUID()]),
  );
}

function refuse({ terminal }: CommandContext, { name }: Operation, findings: readonly Finding[]): ExitCode {
  const json = {
    kind: "invalid" as const,
    message: `AWS's model does not allow this input of ${name}; nothing was sent.`,
    findings,
    advice: "Correct the members named above; AWS would refuse them too.",
  };
  if (terminal.json) terminal.document({ error: json });
  else terminal.note(renderError({ exitCode: 2, json, stack: undefined }, terminal.errorColours, false));
  return 2;
}

/** Item by item as pages come, so that a long list is never held in memory. */
async function paginate(
  { terminal }: CommandContext,
  meant: MeantOperation,
  body: JsonObject,
  call: Call,
): Promise<ExitCode> {
  const { pagesOf } = await import("@cosell/partner-central");
  const all = pagesOf(meant.operation.name, body, call, meant.service.name);
  if (!terminal.json) {
    for await (const page of all) {
      for (const item of page) terminal.line(JSON.stringify(item));
    }
    return 0;
  }
  let list: JsonList | undefined;
  let pages = 0;
  try {
    for await (const page of all) {
      list ??= startJsonList(terminal, listMember(meant), {});
      pages += 1;
      for (const item of page) list.add(item);
    }
  } catch (error) {
    // Nothing written yet: the error is the document. Else it ends the one that is begun.
    if (list === undefined) throw error;
    const report = reportOf(error);
    list.end({ error: report.json });
    return report.exitCode;
  }
  list?.end({ pages });
  return 0;
}
