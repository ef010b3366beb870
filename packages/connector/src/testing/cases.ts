import { changesCases } from "./changes-cases.ts";
import { classifyCases } from "./classify-cases.ts";
import { clockCases } from "./clock-cases.ts";
import type { ConformanceCase } from "./conformance-case.ts";
import { credentialsCases } from "./credentials-cases.ts";
import { describeCases } from "./describe-cases.ts";
import { endingCases } from "./ending-cases.ts";
import { findCases } from "./find-cases.ts";
import { identityCases } from "./identity-cases.ts";
import { readCases } from "./read-cases.ts";
import { secrecyCases } from "./secrecy-cases.ts";
import { troubleCases } from "./trouble-cases.ts";
import { webhookCases } from "./webhook-cases.ts";
import { writeCases } from "./write-cases.ts";

/** The contract, theme by theme. */
const themes = {
  "who it is, and how records are called": identityCases,
  "configuration, credentials, budget": credentialsCases,
  "the CRM's schema": describeCases,
  "what changed": changesCases,
  "clocks that differ": clockCases,
  "reading by id": readCases,
  "finding by value": findCases,
  writing: writeCases,
  "servers that are silent, busy or gone": troubleCases,
  "ending a call, closing a connection": endingCases,
  "what errors mean": classifyCases,
  "nothing confidential in logs and messages": secrecyCases,
  "requests that come from the CRM": webhookCases,
} satisfies Readonly<Record<string, readonly ConformanceCase[]>>;

export const allCases: readonly ConformanceCase[] = Object.values(themes).flat();
