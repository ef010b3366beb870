import { parseQuery, type Query, type WhereClause } from "@jetstreamapp/soql-parser-js";
import { SalesforceError } from "../salesforce-error.ts";

/** The syntax tree of a query. Throws `MALFORMED_QUERY`. */
export function parseSoql(soql: string): Query {
  try {
    return parseQuery(soql);
  } catch (error) {
    throw malformed(unexpected(error instanceof Error ? error.message : String(error)));
  }
}

/** The syntax tree of the WHERE part alone. Throws `MALFORMED_QUERY`. */
export function parseCondition(object: string, condition: string): WhereClause | undefined {
  return parseSoql(`SELECT Id FROM ${object} WHERE ${condition}`).where;
}

/** Salesforce could read the query, but not make sense of it, or this emulator does not support it. */
export function malformed(message: string): SalesforceError {
  return new SalesforceError("MALFORMED_QUERY", message);
}

/** The parser's "Expecting … but found --> 'x' <--" in Salesforce's words. */
function unexpected(message: string): string {
  const found = /found --> '?(.*?)'? <--/.exec(message)?.[1];
  return found === undefined ? message : found === "" ? "unexpected token: <EOF>" : `unexpected token: '${found}'`;
}
