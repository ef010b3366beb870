import { z } from "zod";

const scalar = z.union([z.string(), z.number(), z.boolean()]);

/** A value, several of which one is enough, or one test by name. */
const test = z.union(
  [
    scalar,
    z.array(scalar).min(1),
    z.strictObject({ in: z.array(scalar).min(1) }),
    z.strictObject({ notIn: z.array(scalar).min(1) }),
    z.strictObject({ contains: z.string().min(1) }),
    z.strictObject({ atLeast: z.number() }),
    z.strictObject({ atMost: z.number() }),
    z.strictObject({ exists: z.boolean() }),
  ],
  "A test is a value, a list of values, or one of in, notIn, contains, atLeast, atMost, exists",
);

const rule = z.strictObject({
  when: z.record(z.string(), test).default({}),
  take: z.enum(["accept", "reject", "ask"], "A rule takes accept, reject or ask"),
  reason: z.string().min(1).optional(),
  duplicates: z.enum(["none", "any"], "Likely duplicates are none or any").optional(),
});

/** `syncs.<name>.invitations`: what is done with the opportunities and leads that AWS offers. */
export const invitationsSchema = z.strictObject({
  mappings: z
    .array(
      z.union(
        [
          z.string().min(1),
          z.strictObject({
            mapping: z.string().min(1),
            create: z.enum(["received", "accepted"], "A record is created when received or accepted").optional(),
            becomes: z.string().min(1).optional(),
          }),
        ],
        "A mapping is a path, or mapping with create and becomes",
      ),
    )
    .min(1, "Name at least one mapping of invitations"),
  accept: z
    .union(
      [z.literal("manual"), z.literal("all"), z.strictObject({ rules: z.array(rule).min(1) })],
      "Accept is manual, all, or rules",
    )
    .default("manual"),
  crmField: z
    .strictObject({
      field: z.string().min(1),
      accept: z.array(z.union([z.string(), z.boolean()])).min(1),
      reject: z.record(z.string(), z.string().min(1)).default({}),
    })
    .optional(),
  alarmHours: z.array(z.number().positive()).default([72, 24]),
});

export type RawInvitations = z.infer<typeof invitationsSchema>;

/** The members that the schema knows inside `invitations`, to suggest one for a misspelt key. */
export function knownInvitationMembers(path: readonly PropertyKey[]): readonly string[] {
  if (path.length === 0) return Object.keys(invitationsSchema.shape);
  if (path[0] === "mappings") return ["mapping", "create", "becomes"];
  if (path[0] === "crmField") return ["field", "accept", "reject"];
  return path.length === 3 ? Object.keys(rule.shape) : ["rules"];
}
