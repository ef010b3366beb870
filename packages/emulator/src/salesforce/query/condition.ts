import type { ConditionWithValueQuery, WhereClause } from "@jetstreamapp/soql-parser-js";
import type { Org } from "../org.ts";
import type { StoredRecord } from "../records/record-store.ts";
import type { ObjectDefinition } from "../schema/object.ts";
import { type Comparison, compileComparison } from "./comparison.ts";
import { resolvePath } from "./field-path.ts";
import { malformed } from "./parse.ts";
import { valuesOfSubquery } from "./semi-join.ts";

/** Does a record meet the condition? */
export type Predicate = (record: StoredRecord) => boolean;

type Token = "(" | ")" | "AND" | "OR" | "NOT" | { readonly leaf: ConditionWithValueQuery };

/** Compiles the WHERE part of a query. Throws `MALFORMED_QUERY` or `INVALID_FIELD`. */
export function compileCondition(org: Org, object: ObjectDefinition, where: WhereClause | undefined): Predicate {
  if (!where) return () => true;
  const tokens = flatten(where);
  const { predicate, next } = readExpression(tokens, 0, (leaf) => compileLeaf(org, object, leaf));
  if (next < tokens.length) throw malformed("unexpected token: ')'");
  return predicate;
}

/** The parser gives a chain that only counts parentheses; back to the tokens that it stood for. */
function flatten(clause: WhereClause): Token[] {
  const open = Array<Token>(clause.left && "openParen" in clause.left ? (clause.left.openParen ?? 0) : 0).fill("(");
  if (clause.left === null || !("operator" in clause.left)) {
    return [...open, "NOT", ...("right" in clause ? flatten(clause.right) : [])];
  }
  const close = Array<Token>("closeParen" in clause.left ? (clause.left.closeParen ?? 0) : 0).fill(")");
  const rest: Token[] = "right" in clause ? [clause.operator, ...flatten(clause.right)] : [];
  return [...open, { leaf: clause.left }, ...close, ...rest];
}

interface Read {
  readonly predicate: Predicate;
  readonly next: number;
}

type CompileLeaf = (leaf: ConditionWithValueQuery) => Predicate;

function readExpression(tokens: readonly Token[], start: number, compile: CompileLeaf): Read {
  const first = readTerm(tokens, start, compile);
  const operator = tokens[first.next];
  if (operator !== "AND" && operator !== "OR") return first;
  const terms = [first.predicate];
  let next = first.next;
  while (tokens[next] === operator) {
    const term = readTerm(tokens, next + 1, compile);
    terms.push(term.predicate);
    next = term.next;
  }
  // SOQL knows no precedence between AND and OR: it wants parentheses.
  const mixed = tokens[next];
  if (mixed === "AND" || mixed === "OR") throw malformed(`unexpected token: '${mixed}'`);
  const predicate: Predicate =
    operator === "AND"
      ? (record) => terms.every((term) => term(record))
      : (record) => terms.some((term) => term(record));
  return { predicate, next };
}

function readTerm(tokens: readonly Token[], start: number, compile: CompileLeaf): Read {
  const token = tokens[start];
  if (token === "NOT") {
    const { predicate, next } = readTerm(tokens, start + 1, compile);
    return { predicate: (record) => !predicate(record), next };
  }
  if (token === "(") {
    const { predicate, next } = readExpression(tokens, start + 1, compile);
    if (tokens[next] !== ")") throw malformed("expecting a right parentheses");
    return { predicate, next: next + 1 };
  }
  if (typeof token !== "object") throw malformed(`unexpected token: '${token ?? "<EOF>"}'`);
  return { predicate: compile(token.leaf), next: start + 1 };
}

function compileLeaf(org: Org, object: ObjectDefinition, leaf: ConditionWithValueQuery): Predicate {
  if (!("field" in leaf)) throw malformed("functions in a condition are not supported by the emulator");
  const path = resolvePath(org, object, leaf.field);
  const comparison: Comparison =
    "valueQuery" in leaf
      ? { operator: leaf.operator, literals: valuesOfSubquery(org, leaf.valueQuery) }
      : {
          operator: leaf.operator,
          literals: [leaf.value].flat().map((text, index) => ({
            text,
            type: [leaf.literalType ?? "STRING"].flat()[index] ?? [leaf.literalType ?? "STRING"].flat()[0] ?? "STRING",
          })),
        };
  const test = compileComparison(org, leaf.field, path.field, comparison);
  return (record) => test(path.value(record));
}
