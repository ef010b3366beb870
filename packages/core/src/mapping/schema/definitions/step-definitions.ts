import type { JsonObject, JsonValue } from "@cosell/connector";
import type { Definition } from "./definition.ts";

/** An argument of a step. The unnamed one is `value`. */
export interface StepArgumentDefinition extends Definition {
  readonly type: "text" | "number";
}

/** One step, for people; what it takes and gives stands in the registry of steps. */
export interface StepDefinition extends Definition {
  readonly arguments?: Readonly<Record<string, StepArgumentDefinition>>;
  readonly example: {
    /** As it stands in `steps`. */
    readonly call: string;
    readonly given: JsonValue;
    readonly gives: JsonValue;
    /** What else the record holds. */
    readonly record?: JsonObject;
  };
}

/** Every step by its name. A test holds the names and the arguments equal to the registry's. */
export const stepDefinitions: Readonly<Record<string, StepDefinition>> = {
  boolean: {
    summary: "True or false, out of the words that CRMs use for them: yes, no, 1, 0, on, off.",
    example: { call: "boolean", given: "Yes", gives: true },
  },
  country: {
    summary: "A country's code of two letters, out of its English name or any of its codes.",
    example: { call: "country", given: "Germany", gives: "DE" },
  },
  date: {
    summary: "A day. A date stays the day that it is; a time becomes its day in `zone`.",
    arguments: { zone: { type: "text", summary: "A time zone, such as `Europe/Berlin`. UTC where it is not said." } },
    example: { call: "{ date: { zone: America/New_York } }", given: "2026-03-01T02:30:00Z", gives: "2026-02-28" },
  },
  datetime: {
    summary: "A time in UTC. A date without a time is placed at `time`.",
    arguments: {
      time: { type: "text", summary: 'A time of the day in UTC, such as `"12:00"`. Midnight where it is not said.' },
    },
    example: { call: '{ datetime: { time: "12:00" } }', given: "2026-03-01", gives: "2026-03-01T12:00:00.000Z" },
  },
  decimal: {
    summary: "An amount with at most so many places, rounded half up, without exponent. Exact, never a float.",
    arguments: { value: { type: "number", summary: "How many places; 2 where it is not said." } },
    example: { call: "{ decimal: 2 }", given: 1041.665, gives: "1041.67" },
  },
  divide: {
    summary: "Divided by a number: a year's amount per month. Exact to 12 places.",
    arguments: { value: { type: "number", summary: "By what." } },
    example: { call: "{ divide: 12 }", given: 30000, gives: "2500" },
  },
  first: {
    summary: "The first value of a list.",
    example: { call: "first", given: ["red", "green"], gives: "red" },
  },
  "html-to-text": {
    summary: "Readable text out of a rich-text field.",
    example: { call: "html-to-text", given: "<p>Fast &amp; <b>safe</b></p>", gives: "Fast & safe" },
  },
  join: {
    summary: "One text out of a list's values.",
    arguments: { value: { type: "text", summary: 'What stands between them; `", "` where it is not said.' } },
    example: { call: '{ join: " / " }', given: ["red", "green"], gives: "red / green" },
  },
  last: {
    summary: "The last value of a list.",
    example: { call: "last", given: ["red", "green"], gives: "green" },
  },
  "lines-to-text": {
    summary: "One line out of a text with line breaks, or out of a list of lines.",
    arguments: { value: { type: "text", summary: "What stands between the lines; a space where it is not said." } },
    example: { call: '{ lines-to-text: ", " }', given: "12 Main St\nFloor 3", gives: "12 Main St, Floor 3" },
  },
  lower: {
    summary: "Small letters: what AWS wants of an e-mail address.",
    example: { call: "lower", given: "Ana@Example.com", gives: "ana@example.com" },
  },
  multiply: {
    summary: "Multiplied by a number. Exact.",
    arguments: { value: { type: "number", summary: "By what." } },
    example: { call: "{ multiply: 12 }", given: "0.1", gives: "1.2" },
  },
  number: {
    summary: "A number, for fields that are numbers and not amounts.",
    example: { call: "number", given: "1250.50", gives: 1250.5 },
  },
  phone: {
    summary: "A phone number with its country's code and nothing else. One without `+` is read as one of `country`.",
    arguments: { country: { type: "text", summary: "The name or code of a country." } },
    example: {
      call: "{ phone: { country: { from: Account.BillingCountry } } }",
      given: "(415) 555-0100",
      record: { Account: { BillingCountry: "United States" } },
      gives: "+14155550100",
    },
  },
  replace: {
    summary: "Every occurrence of a text replaced by another, to the letter.",
    arguments: {
      find: { type: "text", summary: "What to replace." },
      with: { type: "text", summary: "What comes in its place; nothing where it is not said." },
    },
    example: { call: '{ replace: { find: "-", with: "" } }', given: "12-345-6789", gives: "123456789" },
  },
  split: {
    summary: "A list of a text's parts, trimmed, without the empty ones.",
    arguments: { value: { type: "text", summary: 'What stands between the parts, such as `";"`.' } },
    example: { call: '{ split: ";" }', given: "SaaS or PaaS; Resell;", gives: ["SaaS or PaaS", "Resell"] },
  },
  state: {
    summary: "The full English name of a state of the United States, out of its name or its postal code.",
    example: { call: "state", given: "CA", gives: "California" },
  },
  trim: {
    summary: "Without white space at both ends.",
    example: { call: "trim", given: "  Acme ", gives: "Acme" },
  },
  truncate: {
    summary: "At most so many characters. What was cut is a warning.",
    arguments: { value: { type: "number", summary: "How many characters." } },
    example: { call: "{ truncate: 9 }", given: "Data lake for Acme", gives: "Data lake" },
  },
  unique: {
    summary: "Each value of a list once.",
    example: { call: "unique", given: ["red", "green", "red"], gives: ["red", "green"] },
  },
  upper: {
    summary: "Capital letters.",
    example: { call: "upper", given: "us", gives: "US" },
  },
  url: {
    summary: "A web address with its scheme.",
    example: { call: "url", given: "acme.example", gives: "https://acme.example" },
  },
};
