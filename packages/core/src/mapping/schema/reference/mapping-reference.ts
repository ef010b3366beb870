import { wholeExample } from "../definitions/whole-example.ts";
import type { MappingSchemaOptions } from "../mapping-schema.ts";
import { caseSection } from "./case-section.ts";
import { findingSection } from "./finding-section.ts";
import { conditionSection, fileSection, ruleSection, tableSection } from "./language-sections.ts";
import { blocks, json, yaml } from "./markdown.ts";
import { stepSection } from "./step-section.ts";
import { targetSection } from "./target-section.ts";

/** The reference of the mapping language as Markdown, from the same definitions as the schema for editors. */
export function mappingReference(options: MappingSchemaOptions): string {
  const { yaml: text, record, payload, source, fields } = wholeExample;
  return blocks(
    "# Mapping reference",
    "Edition 1 of the mapping language: every word of it. How to begin: [mapping.md](mapping.md). This file is generated (`scripts/generate-mapping-reference.mjs`), and a test runs its examples.",
    yaml(text),
    `To AWS: ${json(record)} → ${json(payload)}`,
    `To the CRM: ${json(source.opportunity)} → ${json(fields)}`,
    fileSection(),
    ruleSection(),
    conditionSection(),
    tableSection(),
    stepSection(),
    targetSection(options),
    caseSection(),
    findingSection(),
  );
}
