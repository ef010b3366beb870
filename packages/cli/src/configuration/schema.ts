import { z } from "zod";

const name = z
  .string()
  .regex(/^[A-Za-z][A-Za-z0-9_-]*$/, "A name begins with a letter and holds letters, digits, _ and - only");

const quota = z
  .strictObject({ perSecond: z.number().positive(), perDay: z.number().int().positive().optional() })
  .optional();

/** `cosell.yaml`, edition 1. Connections are open here: the connector checks its own members. */
export const configurationSchema = z.strictObject({
  version: z.literal(1, "This release reads edition 1: write `version: 1`"),
  partnerCentral: z.strictObject({
    catalog: z.enum(["AWS", "Sandbox"], "The catalog is AWS or Sandbox"),
    region: z.string().min(1).default("us-east-1"),
    endpoint: z
      .url({ protocol: /^https?$/, error: "The endpoint is a URL that begins with https:// or http://" })
      .optional(),
    /** What AWS granted instead of its defaults (Service Quotas). */
    quotas: z.strictObject({ read: quota, write: quota }).optional(),
  }),
  state: z
    .strictObject({
      url: z.string().regex(/^sqlite:.+/, "This release keeps its state in SQLite: write `sqlite:` and a path"),
    })
    .default({ url: "sqlite:.cosell/state.db" }),
  queue: z.strictObject({ url: z.string().min(1) }).optional(),
  connections: z.record(name, z.looseObject({ connector: z.string().min(1) })),
  syncs: z.record(
    name,
    z.strictObject({
      connection: z.string().min(1),
      mapping: z.string().min(1),
      direction: z.enum(["both", "outbound", "inbound"], "The direction is both, outbound or inbound").default("both"),
    }),
  ),
});

/** The members that the schema knows at a path, to suggest one for a misspelt key. */
export function knownMembers(path: readonly PropertyKey[]): readonly string[] {
  const { partnerCentral, syncs } = configurationSchema.shape;
  if (path.length === 0) return Object.keys(configurationSchema.shape);
  if (path[0] === "partnerCentral" && path[1] === "quotas") {
    return path.length > 2 ? ["perSecond", "perDay"] : ["read", "write"];
  }
  if (path[0] === "partnerCentral") return Object.keys(partnerCentral.shape);
  if (path[0] === "state" || path[0] === "queue") return ["url"];
  return path[0] === "syncs" ? Object.keys(syncs.valueType.shape) : [];
}
