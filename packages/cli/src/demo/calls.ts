import type { LoggedRequest } from "@cosell/emulator";
import type { DemoCrm } from "./crm.ts";

/** Calls by what they do. */
export interface CountedCalls {
  readonly reads: number;
  readonly writes: number;
}

/** Everything at AWS that only reads. */
const awsReads = /^(Get|List)/;
/** Counts the calls that reached Partner Central, as its own log has them. */
export const awsCalls = (requests: readonly LoggedRequest[]): CountedCalls =>
  countCalls(requests, "partnerCentralSelling", awsReads);

/** Counts the calls that reached the CRM. */
export const crmCalls = (requests: readonly LoggedRequest[], { connector, reads }: DemoCrm): CountedCalls =>
  countCalls(requests, connector, reads);

function countCalls(requests: readonly LoggedRequest[], server: string, reads: RegExp): CountedCalls {
  const calls = requests.filter((request) => request.server === server);
  const readCalls = calls.filter(({ operation }) => reads.test(operation)).length;
  return { reads: readCalls, writes: calls.length - readCalls };
}
