import type { ConditionWithValueQuery, LiteralType, WhereClause } from "@jetstreamapp/soql-parser-js";
import type { Org } from "../org.ts";
import type { StoredRecord } from "../records/record-store.ts";
import type { ObjectDefinition } from "../schema/object.ts";
import { type Comparison, compileComparison, type Literal } from "./comparison.ts";
import { resolvePath } from "./field-path.ts";
import { malformed } from "./parse.ts";
import { valuesOfSubquery } from "./semi-join.ts";

/** Does a record, or a group of them, meet the condition? */
export type Predicate<Row = StoredRecord> = (row: Row) => boolean;

type Token = "(" | ")" | "AND" | "OR" | "NOT" | { readonly leaf: ConditionWithValueQuery };

/** Compiles the WHERE part of a query. Throws `MALFORMED_QUERY` or `INVALID_FIELD`. */
export function compileCondition(org: Org, object: ObjectDefinition, where: WhereClause | undefined): Predicate {
  return compileTree(where, (leaf) => compileLeaf(org, object, leaf));
}

/** Compiles a tree of conditions whose leaves `compile` knows. Throws `MALFORMED_QUERY`. */
export function compileTree<Row>(clause: WhereClause | undefined, compile: CompileLeaf<Row>): Predicate<Row> {
  if (!clause) return () => true;
  const tokens = flatten(clause);
  const { predicate, next } = readExpression(tokens, 0, compile);
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

interface Read<Row> {
  readonly predicate: Predicate<Row>;
  readonly next: number;
}

type CompileLeaf<Row> = (leaf: ConditionWithValueQuery) => Predicate<Row>;

function readExpression<Row>(tokens: readonly Token[], start: number, compile: CompileLeaf<Row>): Read<Row> {
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
  const predicate: Predicate<Row> =
    operator === "AND" ? (row) => terms.every((term) => term(row)) : (row) => terms.some((term) => term(row));
  return { predicate, next };
}

function readTerm<Row>(tokens: readonly Token[], start: number, compile: CompileLeaf<Row>): Read<Row> {
  const token = tokens[start];
  if (token === "NOT") {
    const { predicate, next } = readTerm(tokens, start + 1, compile);
    return { predicate: (row) => !predicate(row), next };
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
      : { operator: leaf.operator, literals: literalsOf(leaf) };
  const test = compileComparison(org, leaf.field, path.field, comparison);
  return (record) => test(path.value(record));
}

/** What a condition compares with, as it stands in the query. */
export function literalsOf({
  value,
  literalType = "STRING",
}: {
  readonly value: string | readonly string[];
  readonly literalType?: LiteralType | readonly LiteralType[];
}): readonly Literal[] {
  const types = [literalType].flat();
  return [value].flat().map((text, index) => ({ text, type: types[index] ?? types[0] ?? "STRING" }));
}
