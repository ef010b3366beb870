import { z } from "zod";
import { invitationsSchema, knownInvitationMembers } from "./invitations-schema.ts";
import { knownWorkerMembers, queueSchema, workerSchema } from "./worker-schema.ts";

const name = z
  .string()
  .regex(/^[A-Za-z][A-Za-z0-9_-]*$/, "A name begins with a letter and holds letters, digits, _ and - only");

const quota = z
  .strictObject({ perSecond: z.number().positive(), perDay: z.number().int().positive().optional() })
  .optional();

/** One partner account in one catalog. Without credentials of its own AWS's default chain finds them. */
const partnerAccount = z.strictObject({
  catalog: z.enum(["AWS", "Sandbox"], "The catalog is AWS or Sandbox"),
  region: z.string().min(1).default("us-east-1"),
  endpoint: z
    .url({ protocol: /^https?$/, error: "The endpoint is a URL that begins with https:// or http://" })
    .optional(),
  /** What AWS granted instead of its defaults (Service Quotas). */
  quotas: z.strictObject({ read: quota, write: quota }).optional(),
  /** A profile of AWS's own configuration files. */
  profile: z.string().min(1).optional(),
  accessKeyId: z.string().min(1).optional(),
  secretAccessKey: z.string().min(1).optional(),
  sessionToken: z.string().min(1).optional(),
});

/** `cosell.yaml`, edition 1. Connections are open here: the connector checks its own members. */
export const configurationSchema = z.strictObject({
  version: z.literal(1, "This release reads edition 1: write `version: 1`"),
  partnerCentral: partnerAccount.optional(),
  /** Several accounts or catalogs: each sync says which one it is for. */
  partnerCentrals: z.record(name, partnerAccount).optional(),
  state: z
    .strictObject({
      url: z
        .string()
        .regex(
          /^(sqlite:|postgres(ql)?:\/\/).+/,
          "The state is an SQLite file (write `sqlite:` and a path) or a PostgreSQL database (`postgres://user@host/database`)",
        ),
      /** How long the journal is kept: without it, for ever. */
      retention: z
        .strictObject({ days: z.number().positive(), keepPerDeal: z.number().int().nonnegative().default(20) })
        .optional(),
    })
    .default({ url: "sqlite:.cosell/state.db" }),
  queue: queueSchema.optional(),
  worker: workerSchema.optional(),
  connections: z.record(name, z.looseObject({ connector: z.string().min(1) })),
  syncs: z.record(
    name,
    z.strictObject({
      connection: z.string().min(1),
      partnerCentral: z.string().min(1).optional(),
      mapping: z.string().min(1),
      direction: z.enum(["both", "outbound", "inbound"], "The direction is both, outbound or inbound").default("both"),
      invitations: invitationsSchema.optional(),
    }),
  ),
});

/** The file as it is written, defaults filled in. */
export type RawConfiguration = z.infer<typeof configurationSchema>;
export type RawAccount = z.infer<typeof partnerAccount>;

/** The members that the schema knows at a path, to suggest one for a misspelt key. */
export function knownMembers(path: readonly PropertyKey[]): readonly string[] {
  const { syncs } = configurationSchema.shape;
  if (path.length === 0) return Object.keys(configurationSchema.shape);
  if (path[0] === "partnerCentral" || path[0] === "partnerCentrals") {
    const inside = path.slice(path[0] === "partnerCentral" ? 1 : 2);
    if (inside[0] !== "quotas") return Object.keys(partnerAccount.shape);
    return inside.length > 1 ? ["perSecond", "perDay"] : ["read", "write"];
  }
  if (path[0] === "state") return path[1] === "retention" ? ["days", "keepPerDeal"] : ["url", "retention"];
  if (path[0] === "queue") return Object.keys(queueSchema.shape);
  if (path[0] === "worker") return knownWorkerMembers(path.slice(1));
  if (path[0] === "syncs" && path[2] === "invitations") return knownInvitationMembers(path.slice(3));
  return path[0] === "syncs" ? Object.keys(syncs.valueType.shape) : [];
}
