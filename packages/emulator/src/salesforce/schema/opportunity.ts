import {
  awsCompetitors,
  awsDeliveryModels,
  awsInvolvements,
  awsPrimaryNeeds,
  awsSalesActivities,
  awsUseCases,
} from "./aws-picklists.ts";
import { field, idField, systemFields, text } from "./field.ts";
import type { ObjectDefinition } from "./object.ts";

/** Salesforce's own ten stages. */
const opportunityStages: readonly string[] = [
  "Prospecting",
  "Qualification",
  "Needs Analysis",
  "Value Proposition",
  "Id. Decision Makers",
  "Perception Analysis",
  "Proposal/Price Quote",
  "Negotiation/Review",
  "Closed Won",
  "Closed Lost",
];

const types = [
  "New Customer",
  "Existing Customer - Upgrade",
  "Existing Customer - Replacement",
  "Existing Customer - Downgrade",
];
/** Where a lead or a deal came from. */
export const leadSources = ["Web", "Phone Inquiry", "Partner Referral", "Purchased List", "Other"];
const lossReasons = ["Price", "No Decision", "Lost to Competitor", "No Budget", "Product Fit", "Other"];

/** The deal. Fields that begin with `AWS_` were added for co-selling. */
export const opportunity: ObjectDefinition = {
  name: "Opportunity",
  label: "Opportunity",
  labelPlural: "Opportunities",
  keyPrefix: "006",
  fields: [
    idField,
    text("Name", 120, { required: true }),
    field("reference", "AccountId", {
      reference: { object: "Account", relationship: "Account", children: "Opportunities", cascadeDelete: true },
    }),
    field("reference", "OwnerId", { reference: { object: "User", relationship: "Owner" } }),
    field("reference", "LastModifiedById", {
      writable: "system",
      reference: { object: "User", relationship: "LastModifiedBy" },
    }),
    field("reference", "CampaignId", {
      reference: { object: "Campaign", relationship: "Campaign", children: "Opportunities" },
    }),
    field("picklist", "StageName", { required: true, length: 255, picklist: opportunityStages, label: "Stage" }),
    field("date", "CloseDate", { required: true }),
    field("currency", "Amount"),
    field("picklist", "Type", { length: 255, picklist: types }),
    text("NextStep", 255),
    field("textarea", "Description", { length: 32_000 }),
    field("picklist", "LeadSource", { length: 255, picklist: leadSources }),
    field("boolean", "AWS_Cosell__c", { defaultValue: false }),
    text("AWS_Opportunity_Id__c", 20, { externalId: true }),
    text("AWS_Invitation_Id__c", 255, { externalId: true }),
    text("AWS_Engagement_Id__c", 20),
    text("AWS_Review_Status__c", 40),
    field("textarea", "AWS_Review_Comments__c", { length: 2000 }),
    text("AWS_Seller_Stage__c", 80),
    text("AWS_Sync_Status__c", 255),
    field("currency", "AWS_Monthly_Spend__c"),
    field("picklist", "AWS_Use_Case__c", { length: 255, picklist: awsUseCases, restricted: true }),
    field("multipicklist", "AWS_Delivery_Models__c", { length: 4099, picklist: awsDeliveryModels }),
    text("AWS_Solutions__c", 255),
    text("AWS_Products__c", 255),
    field("multipicklist", "AWS_Primary_Needs__c", { length: 4099, picklist: awsPrimaryNeeds }),
    field("multipicklist", "AWS_Sales_Activities__c", { length: 4099, picklist: awsSalesActivities }),
    field("textarea", "AWS_Business_Problem__c", { length: 2000 }),
    field("picklist", "AWS_Competitor__c", { length: 255, picklist: awsCompetitors }),
    text("AWS_Additional_Comments__c", 255),
    field("picklist", "AWS_Involvement__c", { length: 255, picklist: awsInvolvements }),
    field("picklist", "Loss_Reason__c", { length: 255, picklist: lossReasons }),
    ...systemFields,
  ],
};

/** Which contact plays which part in a deal. */
export const opportunityContactRole: ObjectDefinition = {
  name: "OpportunityContactRole",
  label: "Opportunity Contact Role",
  labelPlural: "Opportunity Contact Roles",
  keyPrefix: "00K",
  fields: [
    idField,
    field("reference", "OpportunityId", {
      required: true,
      writable: "create",
      reference: {
        object: "Opportunity",
        relationship: "Opportunity",
        children: "OpportunityContactRoles",
        cascadeDelete: true,
      },
    }),
    field("reference", "ContactId", {
      required: true,
      reference: {
        object: "Contact",
        relationship: "Contact",
        children: "OpportunityContactRoles",
        cascadeDelete: true,
      },
    }),
    field("picklist", "Role", {
      length: 255,
      picklist: ["Business User", "Decision Maker", "Economic Buyer", "Evaluator", "Executive Sponsor", "Other"],
    }),
    field("boolean", "IsPrimary", { defaultValue: false, label: "Primary" }),
    ...systemFields,
  ],
};
