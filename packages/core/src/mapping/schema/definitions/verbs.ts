import type { Source } from "../../document.ts";
import type { ShownDefinition } from "./definition.ts";

/** Where a rule's value comes from. Every rule has exactly one of them; `each` goes with `fields`. */
export const verbs: Readonly<Record<Source["verb"], ShownDefinition>> = {
  from: {
    summary: "A path of the record, or a list of paths: the first that holds a value gives it.",
    example: {
      outbound: "Project.Title: { from: [Public_Name__c, Name] }",
      record: { Public_Name__c: null, Name: "Data lake" },
      gives: { "Project.Title": "Data lake" },
    },
  },
  const: {
    summary: "A value that is the same for every record, or a list of values.",
    example: {
      outbound: "Origin: { const: Partner Referral }",
      record: {},
      gives: { Origin: "Partner Referral" },
    },
  },
  template: {
    summary: "A text with paths in braces. It gives nothing when one of them holds nothing; `{{` is a brace.",
    example: {
      outbound: 'Project.Title: { template: "{Account.Name} - {Name}" }',
      record: { Name: "Data lake", Account: { Name: "Acme" } },
      gives: { "Project.Title": "Acme - Data lake" },
    },
  },
  list: {
    summary:
      "A list item by item: an object field by field (under a condition as `{ when: …, fields: … }`), or a value. An object whose rules found nothing in the record is left out.",
    example: {
      outbound: [
        "Project.ExpectedCustomerSpend:",
        "  list:",
        "    - Amount: { from: Amount, steps: [{ decimal: 2 }] }",
        "      CurrencyCode: { const: USD }",
        "      Frequency: { const: Monthly }",
        "      TargetCompany: { const: AWS }",
        "    - when: { License_Fee__c: { gt: 0 } }",
        "      fields:",
        "        Amount: { from: License_Fee__c, steps: [{ decimal: 2 }] }",
        "        CurrencyCode: { const: USD }",
        "        Frequency: { const: Monthly }",
        "        TargetCompany: { const: Self }",
      ].join("\n"),
      record: { Amount: 1250, License_Fee__c: 0 },
      gives: {
        "Project.ExpectedCustomerSpend": [
          { Amount: "1250", CurrencyCode: "USD", Frequency: "Monthly", TargetCompany: "AWS" },
        ],
      },
    },
  },
  each: {
    summary:
      "One object for every item of a list in the record; `fields` says what it holds. Paths start at the item, and a step's arguments at the record; `$record.` and `$item.` say otherwise.",
    example: {
      outbound: [
        "Customer.Contacts:",
        "  each: Roles.records",
        "  fields:",
        "    Email: { from: Contact.Email, steps: [lower] }",
        "    BusinessTitle: { from: $record.Name }",
      ].join("\n"),
      record: { Name: "Data lake", Roles: { records: [{ Contact: { Email: "Ana@Example.com" } }] } },
      gives: { "Customer.Contacts": [{ Email: "ana@example.com", BusinessTitle: "Data lake" }] },
    },
  },
  fields: {
    summary: "One object, field by field, all under one `when`.",
    example: {
      outbound: [
        "Submission:",
        "  when: { StageName: { ne: Prospecting } }",
        "  fields:",
        "    InvolvementType: { const: Co-Sell }",
        "    Visibility: { const: Full }",
      ].join("\n"),
      record: { StageName: "Qualification" },
      gives: { Submission: { InvolvementType: "Co-Sell", Visibility: "Full" } },
    },
  },
  choose: {
    summary: "The first of several whose `when` holds and that gives a value.",
    example: {
      outbound: [
        "Marketing.Source:",
        "  choose:",
        "    - { when: { CampaignId: { exists: true } }, const: Marketing Activity }",
        "    - { const: None }",
      ].join("\n"),
      record: { CampaignId: "701000000000001" },
      gives: { "Marketing.Source": "Marketing Activity" },
    },
  },
};
