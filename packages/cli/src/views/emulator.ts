import type { LoggedRequest, PartnerCentralSettings, SalesforceSettings } from "@cosell/emulator";
import { relative } from "node:path";
import type { Terminal } from "../terminal/terminal.ts";

/** Where each server listens. */
export interface EmulatorUrls {
  readonly partnerCentralSelling: string;
  readonly partnerCentralAccount: string;
  readonly sqs: string;
  /** The queue of events of the first partner account. */
  readonly queueUrl: string;
  readonly salesforce: string;
  readonly hubspot: string;
  readonly pipedrive: string;
  readonly admin: string;
}

/** What a newcomer pastes to use the emulators: variables for any AWS client, and a configuration for Cosell. */
export function renderEmulatorBanner(
  terminal: Terminal,
  urls: EmulatorUrls,
  settings: { readonly partnerCentral: PartnerCentralSettings; readonly salesforce: SalesforceSettings },
  mapping: string,
): string {
  const { bold, cyan, dim } = terminal.colours;
  const [accessKey = "AKIACOSELLPARTNERONE", second] = Object.keys(settings.partnerCentral.accounts);
  const [token = ""] = settings.salesforce.accessTokens;
  return [
    `${bold("AWS Partner Central")}  ${cyan(urls.partnerCentralSelling)}`,
    `${bold("  its Account API")}     ${cyan(urls.partnerCentralAccount)}`,
    `${bold("SQS")}                  ${cyan(urls.sqs)}  ${dim(`events: ${urls.queueUrl}`)}`,
    `${bold("Salesforce")}           ${cyan(urls.salesforce)}`,
    `${bold("HubSpot")}              ${cyan(urls.hubspot)}`,
    `${bold("Pipedrive")}            ${cyan(urls.pipedrive)}`,
    `${bold("Admin face")}           ${cyan(urls.admin)}  ${dim("GET /state /requests /events, POST /review /edit /time …")}`,
    "",
    dim("# for the AWS SDKs, the AWS CLI and Cosell"),
    `export AWS_ENDPOINT_URL_PARTNERCENTRAL_SELLING=${urls.partnerCentralSelling}`,
    `export AWS_ENDPOINT_URL_PARTNERCENTRAL_ACCOUNT=${urls.partnerCentralAccount}`,
    `export AWS_ENDPOINT_URL_SQS=${urls.sqs}`,
    // Version 1 of the AWS CLI and boto3 do not know AWS_REGION.
    "export AWS_REGION=us-east-1 AWS_DEFAULT_REGION=us-east-1",
    `export AWS_ACCESS_KEY_ID=${accessKey} AWS_SECRET_ACCESS_KEY=emulator`,
    ...(second === undefined ? [] : [dim(`# as another partner: AWS_ACCESS_KEY_ID=${second}`)]),
    `export COSELL_SALESFORCE_TOKEN=${token}`,
    "",
    dim("# cosell.yaml"),
    "version: 1",
    `partnerCentral: { catalog: Sandbox, region: us-east-1, endpoint: "${urls.partnerCentralSelling}" }`,
    "connections:",
    `  crm: { connector: salesforce, instanceUrl: "${urls.salesforce}", accessToken: !env COSELL_SALESFORCE_TOKEN }`,
    "syncs:",
    `  opportunities: { connection: crm, mapping: ${relative(process.cwd(), mapping)}, direction: both }`,
    "",
    dim("Calls are logged below. Ctrl-C stops."),
  ].join("\n");
}

/** One call that a server received, in one line. */
export function renderCall(
  terminal: Terminal,
  { at, server, operation, status, fault, account, durationMs }: LoggedRequest,
): string {
  const { dim, green, red, yellow } = terminal.colours;
  const outcome = status === 0 ? red("no answer") : status < 400 ? green(String(status)) : yellow(String(status));
  const time = new Date(at).toISOString().slice(11, 23);
  const duration = durationMs === undefined ? undefined : `${durationMs} ms`;
  const details = [account, duration, fault === undefined ? undefined : red(`fault: ${fault}`)].filter(
    (part) => part !== undefined,
  );
  return [dim(time), server.padEnd(21), outcome, operation, dim(details.join(" "))].join("  ").trimEnd();
}
