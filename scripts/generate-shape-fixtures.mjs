// Draws the shapes of AWS's recorded answers: keys and kinds of values, no values. Usage:
//   node scripts/generate-shape-fixtures.mjs <recorded-exchanges.json>
// The recordings come from aws-samples/partner-crm-integration-samples; only their shapes are kept in this repository.
import { readFile, writeFile } from "node:fs/promises";
import prettier from "prettier";

const operations = new Set([
  "AcceptEngagementInvitation",
  "AssignOpportunity",
  "AssociateOpportunity",
  "CreateEngagement",
  "CreateEngagementContext",
  "CreateEngagementInvitation",
  "CreateOpportunity",
  "CreateResourceSnapshot",
  "CreateResourceSnapshotJob",
  "DeleteResourceSnapshotJob",
  "DisassociateOpportunity",
  "GetAwsOpportunitySummary",
  "GetEngagement",
  "GetEngagementInvitation",
  "GetOpportunity",
  "GetProspectingFromEngagementTask",
  "GetResourceSnapshot",
  "GetResourceSnapshotJob",
  "GetSellingSystemSettings",
  "ListEngagementByAcceptingInvitationTasks",
  "ListEngagementFromOpportunityTasks",
  "ListEngagementInvitations",
  "ListEngagementMembers",
  "ListEngagementResourceAssociations",
  "ListEngagements",
  "ListOpportunities",
  "ListOpportunityFromEngagementTasks",
  "ListProspectingFromEngagementTasks",
  "ListResourceSnapshotJobs",
  "ListResourceSnapshots",
  "ListSolutions",
  "ListTagsForResource",
  "PutSellingSystemSettings",
  "RejectEngagementInvitation",
  "StartEngagementByAcceptingInvitationTask",
  "StartEngagementFromOpportunityTask",
  "StartOpportunityFromEngagementTask",
  "StartProspectingFromEngagementTask",
  "StartResourceSnapshotJob",
  "StopResourceSnapshotJob",
  "SubmitOpportunity",
  "TagResource",
  "UntagResource",
  "UpdateEngagementContext",
  "UpdateOpportunity",
]);
/** Objects whose keys are values. */
const maps = new Set(["TotalAmountByCategory"]);

const source = process.argv[2];
if (source === undefined) throw new Error("Name the file of recorded exchanges.");
const target = new URL("../test/shapes/fixtures.json", import.meta.url);

const fixtures = JSON.parse(await readFile(source, "utf8")).flatMap(({ name, scenario, url, status, response }) => {
  const operation = operations.has(name) ? name : url.slice(url.lastIndexOf("/") + 1);
  const answered = status === 200 || (status === null && response?.Id !== undefined);
  if (!operations.has(operation) || !answered) return [];
  const shape = response === "" ? { types: ["empty"] } : shapeOf(response, "");
  return [{ operation, recording: `${scenario.at(-1)}: ${name}`, shape }];
});
const options = { ...(await prettier.resolveConfig(target)), parser: "json" };
await writeFile(target, await prettier.format(JSON.stringify(fixtures), options));

function shapeOf(value, key) {
  if (value === null) return { types: ["null"] };
  if (Array.isArray(value))
    return {
      types: ["list"],
      ...merged(
        value.map((item) => shapeOf(item, "")),
        "items",
      ),
    };
  if (typeof value !== "object") return { types: [typeof value] };
  if (maps.has(key))
    return {
      types: ["map"],
      ...merged(
        Object.values(value).map((item) => shapeOf(item, "")),
        "items",
      ),
    };
  return {
    types: ["object"],
    members: Object.fromEntries(Object.entries(value).map(([name, inner]) => [name, shapeOf(inner, name)])),
  };
}

function merged(shapes, name) {
  return shapes.length === 0 ? {} : { [name]: shapes.reduce(union) };
}

function union(a, b) {
  const members = a.members ?? b.members;
  return {
    types: [...new Set([...a.types, ...b.types])].sort(),
    ...(members && {
      members: Object.fromEntries(
        [...new Set([...Object.keys(a.members ?? {}), ...Object.keys(b.members ?? {})])].map((name) => {
          const [left, right] = [a.members?.[name], b.members?.[name]];
          return [name, left && right ? union(left, right) : (left ?? right)];
        }),
      ),
    }),
    ...((a.items ?? b.items) && { items: a.items && b.items ? union(a.items, b.items) : (a.items ?? b.items) }),
  };
}
