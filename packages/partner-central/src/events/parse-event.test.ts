import { describe, expect, it } from "@jest/globals";
import fc from "fast-check";
import { parseEvent } from "./parse-event.ts";

const engagement = "eng-0a1b2c3d4e5f6g";
const invitation = "engi-0a1b2c3d4e5f6";
const invitationArn = `arn:aws:partnercentral:us-east-1::catalog/Sandbox/engagement-invitation/${invitation}`;
const engagementArn = `arn:aws:partnercentral:us-east-1::catalog/AWS/engagement/${engagement}`;
const snapshotArn = `${engagementArn}/resource/Opportunity/O4711/template/OpportunitySummaryView/snapshot/4`;

const envelope = (type: string, detail: object, more: object = {}) => ({
  version: "0",
  id: "6f1c8f4e-0000-4000-8000-000000000001",
  "detail-type": type,
  source: "aws.partnercentral-selling",
  account: "111122223333",
  time: "2026-11-20T04:20:25Z",
  region: "us-east-1",
  resources: [],
  detail,
  ...more,
});
const updated = envelope("Opportunity Updated", {
  schemaVersion: "1",
  catalog: "Sandbox",
  opportunity: { identifier: "O4711" },
});

describe("parseEvent", () => {
  it.each([
    ["an opportunity", updated, { type: "Opportunity Updated", catalog: "Sandbox", opportunityIds: ["O4711"] }],
    [
      "an invitation, as it is sent",
      envelope(
        "Engagement Invitation Created",
        {
          catalog: "Sandbox",
          schemaVersion: "1.0",
          engagementInvitation: {
            ...{ arn: invitationArn, id: invitation, engagementId: engagement },
            ...{ senderAccountId: "444455556666", receiverAccountId: "111122223333", senderCompanyName: "O2" },
            ...{ expirationDate: "2031-03-08T01:50:25.685385312Z", participantType: "RECEIVER" },
            payloadType: "LeadInvitation",
          },
        },
        { resources: [invitationArn] },
      ),
      {
        ...{ opportunityIds: [], engagementId: engagement, invitationId: invitation },
        ...{ participantType: "RECEIVER", payloadType: "LeadInvitation" },
      },
    ],
    [
      "an invitation, as the documentation prints it",
      envelope(
        "Engagement Invitation Expired",
        { catalog: "aws", engagementInvitation: { id: invitation, participantType: "Receiver" } },
        { version: "1" },
      ),
      { catalog: "AWS", invitationId: invitation, participantType: "RECEIVER" },
    ],
    [
      "an invitation that only its ARN names",
      envelope("Engagement Invitation Accepted", {}, { resources: [invitationArn] }),
      { catalog: "Sandbox", invitationId: invitation },
    ],
    [
      "a snapshot",
      envelope("Engagement Resource Snapshot Created", {
        catalog: "AWS",
        resourceSnapshot: { arn: snapshotArn, engagementId: engagement, resourceId: "O4711" },
      }),
      { opportunityIds: ["O4711"], engagementId: engagement },
    ],
    [
      "a snapshot whose ARN alone names the opportunity",
      envelope("Resource Snapshot Created", { resourceSnapshot: { arn: snapshotArn } }),
      { catalog: "AWS", opportunityIds: ["O4711"], engagementId: engagement },
    ],
    [
      "a new member",
      envelope("Engagement Member Added", {
        catalog: "AWS",
        engagement: { id: engagement },
        engagementMember: { accountId: "444455556666", companyName: "O1234" },
      }),
      { opportunityIds: [], engagementId: engagement },
    ],
    [
      "an engagement",
      envelope("Engagement Updated", {
        schemaVersion: "1.0",
        catalog: "AWS",
        engagement: { engagementArn, engagementId: engagement, ContextTypes: ["Lead"] },
      }),
      { engagementId: engagement },
    ],
    [
      "a type that nobody knows yet",
      envelope("Opportunity Rescored", {
        catalog: "Moon",
        opportunities: [{ Identifier: "O1" }, { identifier: "O2" }],
      }),
      { type: "Opportunity Rescored", catalog: "Moon", opportunityIds: ["O1", "O2"] },
    ],
    [
      "an invitation to connect, of the Account API",
      envelope(
        "Partner Connection Invitation Received",
        { catalog: "AWS", connectionInvitation: { id: "pacinv-0A1b2c3d4e5f6", connectionType: "Subsidiary" } },
        { source: "aws.partnercentral-account" },
      ),
      {
        ...{ source: "aws.partnercentral-account", catalog: "AWS" },
        ...{ opportunityIds: [], connectionInvitationId: "pacinv-0A1b2c3d4e5f6" },
      },
    ],
    [
      "a connection that only its ARN names",
      envelope(
        "Partner Connection Cancelled",
        {},
        {
          source: "aws.partnercentral-account",
          resources: ["arn:aws:partnercentral:us-east-1::catalog/Sandbox/connection/pac-0A1b2c3d4e5f6"],
        },
      ),
      { catalog: "Sandbox", connectionId: "pac-0A1b2c3d4e5f6" },
    ],
    [
      "other spellings of the names, and a detail that is text",
      {
        Source: "AWS.PartnerCentral-Selling",
        DetailType: "Opportunity Created",
        Detail: JSON.stringify({ Catalog: "SANDBOX", Opportunity: { Identifier: "O4711" } }),
      },
      { id: undefined, source: "aws.partnercentral-selling", catalog: "Sandbox", opportunityIds: ["O4711"] },
    ],
  ])("reads %s", (_, body, expected) => {
    expect(parseEvent(body)).toMatchObject(expected);
  });

  const text = JSON.stringify(updated);
  it.each([
    ["text", text],
    ["a message that SQS was read for", { MessageId: "1", Body: text }],
    ["a record of SQS", { messageId: "1", body: text, eventSource: "aws:sqs" }],
    ["a notification of SNS", { Type: "Notification", MessageId: "1", Message: text }],
    ["a record of SNS", { EventSource: "aws:sns", Sns: { Message: text } }],
    ["SNS within SQS", { Body: JSON.stringify({ Type: "Notification", Message: text }) }],
  ])("reads the same from %s", (_, carried) => {
    expect(parseEvent(carried)).toEqual(parseEvent(updated));
  });

  it.each([
    ["nothing", undefined],
    ["no JSON", "hello"],
    ["a list", [updated]],
    ["another service", envelope("Object Created", {}, { source: "aws.s3" })],
    ["no source", { "detail-type": "Opportunity Updated", detail: {} }],
    ["SNS asking to be confirmed", { Type: "SubscriptionConfirmation", Message: "You have chosen to subscribe" }],
  ])("takes %s for no event", (_, body) => {
    expect(parseEvent(body)).toBeUndefined();
  });

  it("never throws, and finds every opportunity wherever it is named", () => {
    fc.assert(fc.property(fc.anything(), (body) => void parseEvent(body)));
    const ids = fc.uniqueArray(fc.bigInt({ min: 0n, max: 10n ** 19n - 1n }).map((number) => `O${number}`));
    fc.assert(
      fc.property(fc.jsonValue(), ids, fc.string(), (noise, opportunityIds, type) => {
        fc.pre(type.trim() !== "");
        const detail = { noise: { text: noise }, things: opportunityIds.map((opportunityId) => ({ opportunityId })) };
        const event = parseEvent({ body: JSON.stringify(envelope(type, detail)) });
        expect(event?.type).toBe(type.trim());
        expect(event?.opportunityIds).toEqual(expect.arrayContaining(opportunityIds));
      }),
    );
    fc.assert(
      fc.property(fc.jsonValue(), fc.jsonValue(), (detail, resources) => {
        expect(parseEvent(envelope("Opportunity Updated", {}, { detail, resources }))).toBeDefined();
      }),
    );
  });
});
