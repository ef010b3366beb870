import type { TargetField } from "../../target.ts";
import {
  caseKeys,
  casesFileKeys,
  inboundExpectations,
  inboundParts,
  issueKeys,
  outboundExpectations,
} from "./definitions/case-keys.ts";
import type { Definition } from "./definitions/definition.ts";
import { describeTarget, targetSummary } from "./describe-target.ts";
import { described } from "./described.ts";
import { closed, type JsonSchema, mapValues, oneOrMore, reference } from "./json-schema.ts";
import type { MappingSchemaOptions } from "./mapping-schema.ts";
import { valueListsOf } from "./value-lists.ts";
import { valueTree, type ValueTreeOptions } from "./value-tree.ts";
import { scalar } from "./value-schema.ts";

/** Members of the target that go by other calls: they are expected under names of their own. */
const byOtherCalls = ["RelatedEntityIdentifiers", "Assignee", "Submission", "Tags"];
/** What inbound rules read beside the opportunity. */
const besideTheOpportunity = ["Summary", "Link", "Invitation"];

/**
 * The JSON Schema (draft-07) of a file of golden cases, for editors. It knows the target's members and values, and
 * refuses none of them: what a case expects is the author's. Where it refuses something, `loadCases` has a finding.
 */
export function casesSchema(options: MappingSchemaOptions): JsonSchema {
  const { target } = options;
  const lists = valueListsOf(target);
  const summarize = (field: TargetField) => targetSummary(describeTarget(field, options));
  const written: ValueTreeOptions = { fields: target.writable, summarize, lists };
  const read: ValueTreeOptions = { fields: target.readable, summarize, lists };
  const matches: JsonSchema = {};
  const issues = oneOrMore(reference("issue"));
  const outbound = keysOf(outboundExpectations, {
    ...{ matches, issues },
    payload: valueTree("", written, byOtherCalls),
    related: valueTree("RelatedEntityIdentifiers.", written),
    assignee: valueTree("Assignee.", written),
    submission: valueTree("Submission.", written),
  });
  const parts = keysOf(inboundParts, {
    opportunity: object(valueTree("", read, besideTheOpportunity)),
    summary: object(valueTree("Summary.", read)),
    link: object(valueTree("Link.", read)),
    invitation: object(valueTree("Invitation.", read)),
  });
  const each = keysOf(caseKeys, {
    name: scalar,
    source: { type: "object" },
    inbound: closed(parts),
    expect: { type: "object" },
  });
  return {
    $schema: "http://json-schema.org/draft-07/schema#",
    description: "Golden cases of a Cosell mapping, edition 1.",
    ...closed(keysOf(casesFileKeys, { version: { const: 1 }, cases: { type: "array", items: reference("case") } })),
    required: Object.keys(casesFileKeys),
    definitions: {
      case: {
        ...closed(each),
        required: ["name", "expect"],
        if: { required: ["inbound"] },
        then: {
          properties: { source: false, expect: closed(keysOf(inboundExpectations, { matches, issues, fields: {} })) },
        },
        else: { required: ["source"], properties: { expect: closed(outbound) } },
      },
      issue: {
        ...closed(mapValues(issueKeys, (definition) => described(definition, scalar))),
        required: Object.keys(issueKeys),
      },
      ...lists.definitions,
    },
  };
}

function object(schema: JsonSchema): JsonSchema {
  return { type: "object", ...schema };
}

/** Every key with what it is for, and what it holds. */
function keysOf<Key extends string>(
  definitions: Readonly<Record<Key, Definition>>,
  schemas: Readonly<Record<Key, JsonSchema>>,
): Readonly<Record<Key, JsonSchema>> {
  return mapValues(definitions, (definition, key) => described(definition, schemas[key]));
}
