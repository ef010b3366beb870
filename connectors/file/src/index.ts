import { type Connector, specVersion } from "@cosell/connector";
import { classify } from "./classify.ts";
import { config, type FileConfig } from "./config.ts";
import { connect } from "./connect.ts";
import { readBatch } from "./read.ts";
import { writeBatch } from "./write.ts";

export type { FileConfig };

/** Files in a folder, for CRMs without an API. */
export const file: Connector<FileConfig> = {
  specVersion,
  name: "file",
  config,
  secrets: [],
  paths: ["folder"],
  capabilities: {
    changes: { kind: "poll", overlapMs: 0, reportsDeletes: true, reportsMerges: false },
    readBatch,
    writeBatch,
    optimisticLock: true,
    idempotentCreate: true,
  },
  connect,
  classify,
};
