import type { LoggedRequest } from "@cosell/emulator";

/** Calls by what they do. */
export interface CountedCalls {
  readonly reads: number;
  readonly writes: number;
}

/** Everything at AWS that only reads. */
const awsReads = /^(Get|List)/;
/** What Cosell sends to Salesforce to read: queries, descriptions, single records, tokens and who we are. */
const salesforceReads = /^(query|queryAll|describe|limits|retrieve|userinfo|token|identity|deleted|updated)/i;

/** Counts the calls that reached Partner Central, as its own log has them. */
export const awsCalls = (requests: readonly LoggedRequest[]): CountedCalls =>
  countCalls(requests, "partnerCentralSelling", awsReads);

/** Counts the calls that reached Salesforce. */
export const crmCalls = (requests: readonly LoggedRequest[]): CountedCalls =>
  countCalls(requests, "salesforce", salesforceReads);

function countCalls(requests: readonly LoggedRequest[], server: string, reads: RegExp): CountedCalls {
  const calls = requests.filter((request) => request.server === server);
  const readCalls = calls.filter(({ operation }) => reads.test(operation)).length;
  return { reads: readCalls, writes: calls.length - readCalls };
}
