import {
  isObject,
  type CompiledMapping,
  type MappingIssue,
  type OutboundResult,
  type Position,
  type TargetModel,
} from "@cosell/core";
import type { Obstacle } from "./engine.ts";

/** A record as its mapping gave it, and who judges it. */
export interface ObstacleRequest {
  readonly mapping: CompiledMapping;
  readonly target: TargetModel;
  readonly mapped: OutboundResult;
  /** `YYYY-MM-DD` */
  readonly today: string;
}

/**
 * What stands between a new record and its creation, and then its submission for review; with a stage, what stands before that
 * stage. Each thing once.
 */
export function obstaclesTo(request: ObstacleRequest, stage?: string): readonly Obstacle[] {
  const all =
    stage === undefined
      ? [...required(request), ...unready("create", request), ...notSubmitted(request), ...unready("submit", request)]
      : unready("stage", inStage(request, stage));
  // A value that cannot be used is told once, though a creation and a submission both want it.
  return all.filter(({ path, message }, index) => {
    const first = all.findIndex((other) => other.path === path && other.message === message);
    return first === index;
  });
}

/** `file:line:col` */
export function placeOf({ file, line, column }: Position): string {
  return `${file}:${line}:${column}`;
}

/** What the mapping itself calls required holds back the creation. */
function required({ mapped }: ObstacleRequest): readonly Obstacle[] {
  return mapped.issues
    .filter(({ severity, code }) => severity === "error" && code === "missing")
    .map((issue) => byIssue("create", issue));
}

/** The mapping knows submissions, but its condition does not hold for this record. */
function notSubmitted({ mapping, mapped }: ObstacleRequest): readonly Obstacle[] {
  const origin = mapping.originOf("Submission.InvolvementType");
  if (origin === undefined || mapped.submission !== undefined) return [];
  const rule = placeOf(origin.rule);
  const message = "The mapping does not submit the deal as it stands: the condition of its Submission does not hold.";
  return [{ purpose: "submit", kind: "missing", path: "Submission", sources: [], rule, message }];
}

/** The record as if it had reached a stage. */
function inStage(request: ObstacleRequest, stage: string): ObstacleRequest {
  const { mapped } = request;
  const { LifeCycle } = mapped.payload;
  const payload = { ...mapped.payload, LifeCycle: { ...(isObject(LifeCycle) ? LifeCycle : {}), Stage: stage } };
  return { ...request, mapped: { ...mapped, payload } };
}

function unready(purpose: Obstacle["purpose"], request: ObstacleRequest): readonly Obstacle[] {
  const { mapping, target, mapped, today } = request;
  const { payload, related, submission, issues } = mapped;
  const opportunity = { ...payload, ...(submission !== undefined && { Submission: submission }) };
  return target
    .readiness({ purpose, opportunity, related, today })
    .map(({ path, code, message, conditional }): Obstacle => {
      const issue = issues.find(({ severity, target: at }) => severity === "error" && at === path);
      if (issue !== undefined) return byIssue(purpose, issue);
      const origin = mapping.originOf(path);
      const sources = origin?.sources ?? [];
      return {
        ...{ purpose, path, sources },
        kind: code === "missing" ? "missing" : "wrong",
        rule: origin && placeOf(origin.rule),
        message: `${message}${sources.length > 0 ? ` Fill ${sources.join(" or ")}.` : ""}`,
        ...(conditional === true && { conditional }),
      };
    });
}

/** The mapping's own words: they name the CRM's field and value. */
function byIssue(purpose: Obstacle["purpose"], issue: MappingIssue): Obstacle {
  const { target, code, sources, rule, message } = issue;
  return {
    purpose,
    kind: code === "missing" ? "missing" : "wrong",
    path: target,
    sources,
    rule: placeOf(rule),
    message,
  };
}
