/** Salesforce's answer to a token that is over. */
export const sessionExpired = [{ errorCode: "INVALID_SESSION_ID", message: "Session expired or invalid" }];
