// AWS's own clients, for two partner accounts. Nothing of Cosell is used here.
import { PartnerCentralAccount } from "@aws-sdk/client-partnercentral-account";
import { PartnerCentralSelling } from "@aws-sdk/client-partnercentral-selling";

/** The clients of one partner. The emulator tells accounts apart by the key id, and verifies no signature. */
export function partner(accessKeyId, { sellingUrl, accountUrl }) {
  const options = { region: "us-east-1", credentials: { accessKeyId, secretAccessKey: "not checked" }, maxAttempts: 1 };
  return {
    selling: new PartnerCentralSelling({ ...options, endpoint: sellingUrl }),
    account: new PartnerCentralAccount({ ...options, endpoint: accountUrl }),
  };
}

/**
 * The text of a timestamp as the service sent it. The client makes a Date of it, which cuts off its nanoseconds, and the
 * optimistic lock of engagements compares those.
 */
export async function exactText(client, command, member) {
  let text;
  const name = "keepBody";
  client.middlewareStack.add(
    (next) => async (args) => {
      const result = await next(args);
      const chunks = [];
      for await (const chunk of result.response.body) chunks.push(chunk);
      const body = Buffer.concat(chunks);
      text = JSON.parse(body.toString("utf8"))[member];
      result.response.body = new Uint8Array(body);
      return result;
    },
    { step: "deserialize", name, priority: "low" },
  );
  try {
    await client.send(command);
  } finally {
    client.middlewareStack.remove(name);
  }
  return text;
}
