import type { SqsEmulator } from "./partner-central-with-events.ts";
import type { PartnerCentralEmulator } from "./partner-central/partner-central.ts";

/** Where the emulated SQS is found. */
export interface SqsAddress {
  /** The endpoint for `@aws-sdk/client-sqs`: `AWS_ENDPOINT_URL_SQS`. */
  readonly url: string;
  /** The queue that the default account's events come to. */
  readonly queueUrl: string;
  /** The queue of each partner account, by its 12 digits. */
  readonly queueUrls: Readonly<Record<string, string>>;
}

/** @param url of the SQS server */
export function sqsAddress(
  url: string,
  sqs: Pick<SqsEmulator, "queuePath">,
  partnerCentral: Pick<PartnerCentralEmulator, "settings">,
): SqsAddress {
  const { accounts, defaultAccount } = partnerCentral.settings();
  const queueUrlOf = (account: string): string => url + sqs.queuePath(account);
  const all = [...new Set([defaultAccount, ...Object.values(accounts)])];
  return {
    url,
    queueUrl: queueUrlOf(defaultAccount),
    queueUrls: Object.fromEntries(all.map((account) => [account, queueUrlOf(account)])),
  };
}
