import type { Finding, FindingCode } from "@cosell/core";
import { isAbsolute, relative, sep } from "node:path";
import { pathToFileURL } from "node:url";

/**
 * Findings as a SARIF 2.1.0 log of one run, for code review tools. Files are relative to the working directory, which is
 * the repository's root where such tools run.
 */
export function sarifOf(findings: readonly Finding[], known: Readonly<Record<string, FindingCode>>) {
  const codes = [...new Set(findings.map(({ code }) => code))].toSorted();
  return {
    $schema: "https://json.schemastore.org/sarif-2.1.0.json",
    version: "2.1.0",
    runs: [
      {
        tool: {
          driver: { name: "cosell", rules: codes.map((id) => ruleOf(id, known[id])) },
        },
        columnKind: "utf16CodeUnits",
        results: findings.map((finding) => ({
          ruleId: finding.code,
          ruleIndex: codes.indexOf(finding.code),
          level: finding.severity,
          message: { text: messageOf(finding) },
          locations: [
            {
              physicalLocation: {
                artifactLocation: artifactOf(finding.file),
                region: { startLine: finding.line, startColumn: finding.column },
              },
            },
          ],
        })),
      },
    ],
  };
}

function ruleOf(id: string, code: FindingCode | undefined) {
  return {
    id,
    shortDescription: { text: code?.means ?? titleOf(id) },
    ...(code !== undefined && { help: { text: code.remedy } }),
  };
}

/** `unknown-target-field` → `Unknown target field`. */
function titleOf(code: string): string {
  const words = code.replaceAll("-", " ");
  return words.charAt(0).toUpperCase() + words.slice(1);
}

function messageOf({ message, suggestion }: Finding): string {
  return suggestion === undefined ? message : `${message} Did you mean ${suggestion}?`;
}

function artifactOf(file: string) {
  const fromHere = isAbsolute(file) ? relative(process.cwd(), file) : file;
  if (fromHere.startsWith("..") || isAbsolute(fromHere)) return { uri: pathToFileURL(file).href };
  return { uri: fromHere.split(sep).map(encodeURIComponent).join("/"), uriBaseId: "%SRCROOT%" };
}
