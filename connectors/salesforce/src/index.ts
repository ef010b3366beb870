import { type Connector, specVersion } from "@cosell/connector";
import { overlapMs } from "./changes.ts";
import { classify } from "./classify.ts";
import { config, type SalesforceConfig, secretMembers } from "./config.ts";
import { connect } from "./connect.ts";
import { readBatch } from "./read.ts";
import { writeBatch } from "./write.ts";

export type { SalesforceConfig };

/** Salesforce, on jsforce. */
export const salesforce: Connector<SalesforceConfig> = {
  specVersion,
  name: "salesforce",
  config,
  secrets: secretMembers,
  capabilities: {
    changes: { kind: "poll", overlapMs, reportsDeletes: true, reportsMerges: true },
    readBatch,
    writeBatch,
    optimisticLock: true,
    idempotentCreate: true,
  },
  connect,
  classify,
};
