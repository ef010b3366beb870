import { type Connector, specVersion } from "@cosell/connector";
import { overlapMs } from "./changes.ts";
import { classify } from "./classify.ts";
import { config, type PipedriveConfig, secretMembers } from "./config.ts";
import { connect } from "./connect.ts";
import { readBatch } from "./read.ts";
import { webhook } from "./webhook.ts";
import { writeBatch } from "./write.ts";

export type { PipedriveConfig };

/** Pipedrive, on its own client. */
export const pipedrive: Connector<PipedriveConfig> = {
  specVersion,
  name: "pipedrive",
  config,
  secrets: secretMembers,
  capabilities: {
    // A merge is told as the delete that it is: Pipedrive does not say into which record.
    changes: { kind: "poll", overlapMs, reportsDeletes: true, reportsMerges: false },
    readBatch,
    writeBatch,
    optimisticLock: false,
    idempotentCreate: false,
  },
  webhook,
  connect,
  classify,
};
