import type { JsonObject, JsonValue } from "@cosell/connector";
import { isObject } from "../../json-path.ts";
import { type Report, reportTo, sortFindings } from "../finding.ts";
import { readItems, readMap, readWord } from "../load/reader.ts";
import { type Entry, readYaml, type Tree } from "../load/yaml-tree.ts";
import type { Finding, InboundSource } from "../mapping.ts";
import type { ExpectedIssue, GoldenCase, InboundExpectation, OutboundExpectation } from "./case.ts";

/** What `loadCases` found: the cases that can be understood, and everything that is wrong with the others. */
export interface LoadedCases {
  readonly cases: readonly GoldenCase[];
  readonly findings: readonly Finding[];
}

type Keys = ReadonlyMap<string, Entry>;

const outboundMembers = ["matches", "payload", "related", "assignee", "submission", "issues"];
const inboundMembers = ["matches", "fields", "issues"];
const inboundParts = ["opportunity", "summary", "link", "invitation"];

/** Reads a file of golden cases, with the position of every case. Throws nothing. */
export function loadCases({ file, text }: { readonly file: string; readonly text: string }): LoadedCases {
  const findings: Finding[] = [];
  const report = reportTo(findings);
  const tree = readYaml(file, text, report);
  const cases = tree === undefined ? [] : readCases(tree, report);
  return { cases, findings: sortFindings(findings) };
}

function readCases(tree: Tree, report: Report): readonly GoldenCase[] {
  const keys = readMap(tree, { what: "A file of cases", known: ["version", "cases"], report });
  if (keys === undefined) return [];
  const version = keys.get("version")?.value;
  if (version?.kind !== "scalar" || version.value !== 1)
    report(version?.at ?? tree.at, { code: "unknown-version", message: "A file of cases begins with version: 1." });
  const list = keys.get("cases")?.value;
  if (list?.kind !== "list") {
    report(list?.at ?? tree.at, { code: "wrong-shape", message: "cases must be a list: - name: …" });
    return [];
  }
  const names = new Set<string>();
  return list.items.flatMap((item) => {
    const read = readCase(item, report);
    if (read === undefined) return [];
    if (names.has(read.name))
      report(item.at, { code: "duplicate-name", message: `Another case is called "${read.name}" already.` });
    names.add(read.name);
    return [read];
  });
}

function readCase(tree: Tree, report: Report): GoldenCase | undefined {
  const keys = readMap(tree, { what: "A case", known: ["name", "source", "inbound", "expect"], report });
  const name = keys?.get("name");
  const word = name && readWord(name.value, "The name of a case", report);
  const [source, inbound, expect] = ["source", "inbound", "expect"].map((key) => keys?.get(key));
  if (keys === undefined || (name !== undefined && word === undefined)) return undefined;
  if (word === undefined || expect === undefined || (source === undefined) === (inbound === undefined)) {
    const message = "A case needs name, expect, and either source (a CRM record) or inbound (what AWS gave).";
    report(tree.at, { code: "wrong-shape", message });
    return undefined;
  }
  const known = inbound === undefined ? outboundMembers : inboundMembers;
  const expected = readMap(expect.value, { what: "expect", known, report });
  if (expected === undefined) return undefined;
  const shared = { name: word.text, at: tree.at };
  const expectation = readExpectation(expected, report);
  if (inbound !== undefined) {
    const parts = readMap(inbound.value, { what: "inbound", known: inboundParts, report });
    return parts && { ...shared, direction: "inbound", inbound: readInbound(parts, report), expect: expectation };
  }
  const record = source && readObject(source, report);
  return record && { ...shared, direction: "outbound", source: record, expect: expectation };
}

function readExpectation(keys: Keys, report: Report): OutboundExpectation & InboundExpectation {
  const issues = keys.get("issues");
  const others = [...keys].filter(([key]) => key !== "issues");
  return {
    ...Object.fromEntries(others.map(([key, { value }]) => [key, jsonOf(value)])),
    ...(issues && { issues: readIssues(issues.value, report) }),
  };
}

function readIssues(tree: Tree, report: Report): readonly ExpectedIssue[] {
  return readItems(tree).flatMap((item) => {
    const keys = readMap(item, { what: "An issue", known: ["code", "target"], report });
    const [code, target] = ["code", "target"].map((key) => {
      const entry = keys?.get(key);
      return entry && readWord(entry.value, key, report);
    });
    if (code !== undefined && target !== undefined) return [{ code: code.text, target: target.text }];
    if (keys !== undefined) report(item.at, { code: "missing-key", message: "An issue has code and target." });
    return [];
  });
}

function readInbound(parts: Keys, report: Report): Partial<InboundSource> {
  return Object.fromEntries(
    [...parts.values()].flatMap((entry) => {
      const value = readObject(entry, report);
      return value === undefined ? [] : [[entry.key, value]];
    }),
  );
}

function readObject({ key, value }: Entry, report: Report): JsonObject | undefined {
  const json = jsonOf(value);
  if (isObject(json)) return json;
  report(value.at, { code: "wrong-shape", message: `${key} must be written as key: value pairs.` });
  return undefined;
}

function jsonOf(tree: Tree): JsonValue {
  switch (tree.kind) {
    case "scalar":
      return tree.value;
    case "list":
      return tree.items.map(jsonOf);
    case "map":
      return Object.fromEntries(tree.entries.map(({ key, value }) => [key, jsonOf(value)]));
    case "laid-over":
      // Overlays are mappings: no file of cases is read into one.
      return null;
  }
}
