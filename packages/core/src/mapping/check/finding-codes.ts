/** What a code of a finding stands for. */
export interface FindingCode {
  /** What was found, one sentence. */
  readonly means: string;
  /** What to do about it, one sentence. */
  readonly remedy: string;
}

/** Codes about how the file is written: `loadMapping` reports them. */
const form = {
  "bad-condition": {
    means: "A condition is not written as a path with comparisons.",
    remedy: "Write { Path: { eq: value } }, and join several with all, any or not.",
  },
  "bad-extends": {
    means: "A mapping or a table file that is extended cannot be found, or extends itself.",
    remedy: "Correct the path, relative to the file that names it, or the id of the shipped mapping.",
  },
  "bad-key": {
    means: "A key is a list or a map.",
    remedy: "Write the key as a plain word, in quotes if it needs them.",
  },
  "bad-path": {
    means: "A path has characters or names that no path can have.",
    remedy: "Write names with dots between them, such as Account.Name; [] behind a name goes through a list.",
  },
  "bad-step": {
    means: "A step is not written as a name or as a name with its argument.",
    remedy: "Write each step as an item of its own: [trim, { truncate: 255 }].",
  },
  "bad-template": {
    means: "A brace in a template does not hold a path.",
    remedy: "Write paths in braces, {Account.Name}, and a brace that is meant as such twice.",
  },
  "duplicate-key": {
    means: "The same key stands twice in one map: only one of them could count.",
    remedy: "Remove or rename one of the two.",
  },
  "duplicate-name": {
    means: "Two golden cases have the same name.",
    remedy: "Give each case a name of its own.",
  },
  "empty-mapping": {
    means: "An invitation mapping has no inbound rules.",
    remedy: "Say under inbound what the new record holds.",
  },
  "empty-table": {
    means: "A table has no rows.",
    remedy: "Write rows under outbound or inbound, or remove the table.",
  },
  "misplaced-key": {
    means: "A key stands at a rule that makes lists or objects, and belongs at the fields inside.",
    remedy: "Move it to the fields.",
  },
  "missing-key": {
    means: "A part is missing without which the file says nothing.",
    remedy: "Add it.",
  },
  "nested-alias": {
    means: "Aliases (*name) stand inside anchored values, or grow a small file into a huge one.",
    remedy: "Write the value out.",
  },
  "no-miss-policy": {
    means: "A table does not say what happens to a value that it does not list.",
    remedy: "Add otherwise: error, omit, or { value: … }.",
  },
  "nothing-to-remove": {
    means: "An overlay removes something that the mapping under it does not have.",
    remedy: "Correct the name, or remove the line.",
  },
  "one-source": {
    means: "A rule says in no way, or in several, where its value comes from.",
    remedy: "Keep exactly one of from, const, template, list, each, fields and choose.",
  },
  "too-deep": {
    means: "The file is nested deeper than any mapping needs.",
    remedy: "Look for brackets that are never closed.",
  },
  "unknown-choice": {
    means: "A word stands where only certain other words can.",
    remedy: "Use one of the words that the message lists.",
  },
  "unknown-key": {
    means: "The language has no such key here.",
    remedy: "Correct it, or remove it.",
  },
  "unknown-version": {
    means: "The file does not say that it is written in an edition of the language that this version knows.",
    remedy: "Begin the file with version: 1.",
  },
  "wrong-shape": {
    means: "A single value, a list or a map stands where another of them belongs.",
    remedy: "Write it in the form that the message names.",
  },
  yaml: {
    means: "The file is not valid YAML 1.2.",
    remedy: "Correct what the message says; often a bracket, a quote, or a tab at the beginning of a line.",
  },
} as const satisfies Readonly<Record<string, FindingCode>>;

/** Codes about the CRM's side. */
const crm = {
  "list-in-path": {
    means: "A path goes through a list of records as if it were one record.",
    remedy: "Make one item for each record with each, or put [] behind the list to get the values of all.",
  },
  "not-writable": {
    means: "The CRM does not let anybody write this field, or, in a mapping of invitations, set it on a new record.",
    remedy: "Choose a field of the record itself that can be edited, or set on a new one.",
  },
  "uncovered-values": {
    means: "A table lacks values that the CRM's picklist has, and misses are errors.",
    remedy: "Add rows for them, or choose another otherwise.",
  },
  "unfit-values": {
    means: "A picklist has values that the other side does not take, and nothing translates them.",
    remedy: "Add a table.",
  },
  "unknown-object": {
    means: "The CRM's schema has no such object.",
    remedy: "Correct the object's API name, or take a new snapshot of the schema.",
  },
  "unknown-source-field": {
    means: "The CRM's schema has no such field.",
    remedy: "Correct the field's API name; if the field is new, take a new snapshot of the schema.",
  },
  "unsplit-choices": {
    means: "A multi-select field is used as if it held one choice.",
    remedy: 'Add the step { split: ";" }.',
  },
  "unused-row": {
    means: "A row of a table is for a value that never comes.",
    remedy: "Correct the value, or remove the row.",
  },
  "wrong-schema": {
    means: "The schema at hand is one of another CRM.",
    remedy: "Check the mapping against a snapshot of its own CRM.",
  },
} as const satisfies Readonly<Record<string, FindingCode>>;

/** Codes about the side of AWS. */
const target = {
  "cannot-be-submitted": {
    means: "The mapping submits deals, and AWS wants something for that which no rule gives.",
    remedy: "Map the field that the message names, or take the rule for Submission out.",
  },
  "locked-after-approval": {
    means: "The CRM wins over a field that AWS locks: from then on both sides differ for good.",
    remedy: "Give the authority over the field to aws or to ask.",
  },
  "mapped-and-left-out": {
    means: "A field is mapped and also listed under leftOut.",
    remedy: "Remove one of the two.",
  },
  "one-way-authority": {
    means: "An authority is given over a field that does not go both ways.",
    remedy: "Add the inbound rule, or remove the line.",
  },
  "overlapping-targets": {
    means: "Two rules give the same field.",
    remedy: "Remove one of them, or move it into the other.",
  },
  "required-unmapped": {
    means: "AWS requires a member wherever its parent is given, and no rule gives it.",
    remedy: "Add a rule for it.",
  },
  "target-in-list": {
    means: "A field inside a list is mapped as if there were only one item.",
    remedy: "Map the list with each or list, and the field inside.",
  },
  "unknown-target-field": {
    means: "AWS's model has no such field, or does not tell it.",
    remedy: "Correct the path.",
  },
  "unmapped-target": {
    means: "A field that AWS takes is neither mapped nor left out for a reason.",
    remedy: "Add a rule for it, or a reason under leftOut.",
  },
} as const satisfies Readonly<Record<string, FindingCode>>;

/** Codes about values. */
const value = {
  "ambiguous-inverse": {
    means: "A table is read backwards, and one of its values comes from several.",
    remedy: "Say under the table's inbound which one it becomes.",
  },
  "bad-form": {
    means: "A value does not have the form that AWS takes.",
    remedy: "Write it in the form that the message names.",
  },
  "may-be-too-long": {
    means: "A field may hold a longer text than the other side takes.",
    remedy: "Add the step truncate.",
  },
  "one-way-value": {
    means: "A table brings back a value that it never sends.",
    remedy: "Correct the value, or add its row under outbound.",
  },
  "too-few-items": {
    means: "A list has fewer items than AWS takes.",
    remedy: "Add items.",
  },
  "too-long": {
    means: "A value is longer than the field takes.",
    remedy: "Shorten it.",
  },
  "too-many-items": {
    means: "A list has more items than AWS takes.",
    remedy: "Remove items.",
  },
  "too-short": {
    means: "A value is shorter than AWS takes.",
    remedy: "Say more.",
  },
  "value-outside-list": {
    means: "A value is not among those that the field takes.",
    remedy: "Choose one of them.",
  },
  "wrong-type": {
    means: "A value can never be what the field is: a list for one value, a checkbox for a text, a record for a field.",
    remedy: "Add the step or the table that the message names, or choose another field.",
  },
} as const satisfies Readonly<Record<string, FindingCode>>;

/** Codes about steps, tables and conditions. */
const logic = {
  "bad-argument": {
    means: "A step cannot work with its argument.",
    remedy: "Write the argument as the message says.",
  },
  "missing-argument": {
    means: "A step lacks an argument that it needs.",
    remedy: "Add it: { truncate: 255 }.",
  },
  "never-holds": {
    means: "A condition, or a part of it, can never be so.",
    remedy: "Correct the value, or take the contradiction out.",
  },
  "never-reached": {
    means: "An option of choose stands below others that take every record.",
    remedy: "Move it up, or give the options above it a when.",
  },
  "step-type": {
    means: "A step stands where it can never get what it works on.",
    remedy: "Move it, remove it, or put the step before it that makes the right kind of value.",
  },
  "target-not-above": {
    means: "A condition names a target whose rule comes only below.",
    remedy: "Move that rule up.",
  },
  "unknown-argument": {
    means: "A step has no such argument.",
    remedy: "Correct its name, or remove it.",
  },
  "unknown-step": {
    means: "There is no such step, and the connector has no such function.",
    remedy: "Correct the name.",
  },
  "unknown-table": {
    means: "The mapping has no such table.",
    remedy: "Correct the name, or add the table under tables.",
  },
  "unused-table": {
    means: "No rule uses the table.",
    remedy: "Remove it, or name it in a rule.",
  },
} as const satisfies Readonly<Record<string, FindingCode>>;

/** Every code that a finding can carry: what it means and what to do. Documentation and SARIF are made of it. */
export const findingCodes: Readonly<Record<string, FindingCode>> = { ...form, ...crm, ...target, ...value, ...logic };
