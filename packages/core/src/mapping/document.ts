import type { Position } from "./mapping.ts";

/** A word of the file and where it stands: a path, a name, a key. */
export interface Word {
  readonly text: string;
  readonly at: Position;
}

/** A scalar as the author wrote it. `text` keeps the spelling (`1.0`, `no`, `2026-01-02`), `value` is what YAML's core schema reads. */
export interface Literal extends Word {
  readonly value: string | number | boolean;
}

/** What a `const`, a `default` or a table's row may hold. */
export type Constant =
  | { readonly kind: "one"; readonly literal: Literal }
  | { readonly kind: "list"; readonly items: readonly Literal[]; readonly at: Position };

export type Comparison = "eq" | "ne" | "in" | "notIn" | "exists" | "gt" | "gte" | "lt" | "lte";

/** A `when` or `match`. */
export type Condition =
  | { readonly kind: "all" | "any"; readonly of: readonly Condition[] }
  | { readonly kind: "not"; readonly of: Condition }
  | {
      readonly kind: "test";
      readonly path: Word;
      readonly comparison: Comparison;
      /** One for all comparisons but `in` and `notIn`. */
      readonly operands: readonly Literal[];
    };

/** A step's argument: a literal, or a path that is read from the record. */
export type StepArgument =
  { readonly kind: "literal"; readonly literal: Literal } | { readonly kind: "path"; readonly path: Word };

/** One call of a step. An argument without a name is under `value`. */
export interface StepCall {
  readonly name: Word;
  readonly arguments: readonly { readonly name: Word; readonly argument: StepArgument }[];
}

/** Where a rule's value comes from: exactly one verb. */
export type Source =
  | { readonly verb: "from"; readonly paths: readonly Word[] }
  | { readonly verb: "const"; readonly constant: Constant }
  | { readonly verb: "template"; readonly at: Position; readonly parts: readonly TemplatePart[] }
  | { readonly verb: "list"; readonly at: Position; readonly items: readonly ListItem[] }
  | { readonly verb: "each"; readonly path: Word; readonly fields: readonly Rule[] }
  | { readonly verb: "fields"; readonly at: Position; readonly fields: readonly Rule[] }
  | { readonly verb: "choose"; readonly at: Position; readonly options: readonly RuleBody[] };

export type TemplatePart =
  { readonly kind: "text"; readonly text: string } | { readonly kind: "path"; readonly path: Word };

/** One entry of a `list`: an object field by field, maybe under a condition, or one value. */
export type ListItem =
  | { readonly kind: "object"; readonly at: Position; readonly when?: Condition; readonly fields: readonly Rule[] }
  | { readonly kind: "value"; readonly body: RuleBody };

/** Everything of a rule but its target, in the order in which it works: when, source, steps, table, default. */
export interface RuleBody {
  readonly at: Position;
  readonly when?: Condition;
  readonly source: Source;
  readonly steps: readonly StepCall[];
  readonly table?: Word;
  readonly default?: Constant;
}

export type Write = "always" | "once" | "if-empty";

/** One line of a mapping. The target is an AWS path (outbound), a CRM field (inbound), or a member of a list's item. */
export interface Rule {
  readonly target: Word;
  readonly body: RuleBody;
  readonly required: boolean;
  readonly write: Write;
}

/** What a table does with a value that it does not list. */
export type MissPolicy =
  { readonly kind: "error" } | { readonly kind: "omit" } | { readonly kind: "value"; readonly value: Literal };

export interface TableRow {
  readonly from: Word;
  readonly to: Literal;
}

export interface Table {
  readonly name: Word;
  readonly outbound: readonly TableRow[];
  /** The written inverse. Absent: derived from `outbound`. */
  readonly inbound?: readonly TableRow[];
  readonly otherwise: MissPolicy;
}

/** A mapping as it was read: typed, and with the position of every word. */
export interface MappingDocument {
  readonly file: string;
  readonly version: 1;
  readonly id: string;
  readonly crm: { readonly connector: Word; readonly object: Word };
  readonly match?: Condition;
  readonly link: { readonly opportunityId: Word };
  readonly tables: readonly Table[];
  readonly outbound: readonly Rule[];
  readonly inbound: readonly Rule[];
  /** Targets that are not mapped on purpose, each with its reason. */
  readonly leftOut?: {
    readonly at: Position;
    readonly entries: readonly { readonly path: Word; readonly reason: string }[];
  };
  readonly authority: {
    readonly default: "crm" | "aws" | "ask";
    readonly entries: readonly { readonly path: Word; readonly authority: "crm" | "aws" | "ask" }[];
  };
}

/** A mapping of `kind: invitation`: which invitations become a record of the CRM, and what the record holds. */
export interface InvitationDocument extends Pick<MappingDocument, "file" | "version" | "id" | "crm" | "tables"> {
  readonly kind: "invitation";
  /** Paths of what AWS tells: `Invitation.PayloadType`. */
  readonly match?: Condition;
  readonly inbound: readonly Rule[];
}
