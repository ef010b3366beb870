import type { Alarm } from "@cosell/engine";

/** An alarm of the engine for the people who are told: one per thing, one sentence, what to do, no personal data. */
export function alarmSentence(alarm: Alarm): { readonly key: string; readonly text: string } {
  switch (alarm.kind) {
    case "invitation-expiring": {
      const until = new Date(alarm.expiresAt).toISOString();
      const text = `Invitation ${alarm.invitationId} expires at ${until}. Answer it: cosell invitations accept ${alarm.invitationId}, or reject.`;
      return { key: `expiring:${alarm.invitationId}`, text };
    }
    case "record-gone": {
      const text = `CRM record ${alarm.crmRef} is gone; opportunity ${alarm.opportunityId} stays at AWS as it is. Restore the record, or close the opportunity in Partner Central.`;
      return { key: `record-gone:${alarm.crmRef}`, text };
    }
    case "opportunity-gone": {
      const text = `AWS no longer shows opportunity ${alarm.opportunityId} of CRM record ${alarm.crmRef}. Check the account's access.`;
      return { key: `opportunity-gone:${alarm.opportunityId}`, text };
    }
  }
}
