import type { Service } from "@cosell/partner-central/model";

// What nobody should send, for the tests of every server.

/** Any answer slower than this is a hang, also on a machine that is busy. */
export const limitMs = 10_000;
const jsonHeaders = { "content-type": "application/json" };

export interface Attempt {
  readonly url: string;
  readonly method?: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string | Uint8Array<ArrayBuffer>;
}

interface Answer {
  readonly status: number;
  readonly text: string;
}

export async function attempt({ url, method = "POST", headers = {}, body }: Attempt): Promise<Answer> {
  const init = { method, headers: { ...jsonHeaders, ...headers }, signal: AbortSignal.timeout(limitMs) };
  const response = await fetch(url, { ...init, ...(body !== undefined && method !== "GET" && { body }) });
  return { status: response.status, text: await response.text() };
}

/** Sends them all, some at a time, and gives what is wrong with the answers. */
export async function harm(attempts: readonly Attempt[]): Promise<readonly string[]> {
  const left = [...attempts];
  const wrong: string[] = [];
  const work = async (): Promise<void> => {
    for (let next = left.pop(); next !== undefined; next = left.pop()) {
      const { status, text } = await attempt(next);
      if (status >= 500) wrong.push(`${next.method ?? "POST"} ${next.url} ${String(next.body).slice(0, 200)}: ${text}`);
    }
  };
  await Promise.all(Array.from({ length: 8 }, work));
  return wrong.slice(0, 5);
}

const deep = 100_000;
export const bodies: Readonly<Record<string, string | Uint8Array<ArrayBuffer>>> = {
  nothing: "",
  "half an object": '{"Catalog":',
  null: "null",
  list: "[]",
  number: "1",
  text: '"x"',
  "100,000 lists": "[".repeat(deep),
  "100,000 lists, closed": "[".repeat(deep) + "]".repeat(deep),
  "100,000 objects": '{"Catalog":"Sandbox","a":'.repeat(1) + '{"a":'.repeat(deep) + "1" + "}".repeat(deep + 1),
  "null bytes": new Uint8Array(64),
  "invalid UTF-8": new Uint8Array([0x7b, 0x22, 0xff, 0xfe, 0xc0, 0x80, 0x22, 0x3a, 0x31, 0x7d]),
  "keys of prototypes": '{"__proto__":{"polluted":1},"constructor":{"prototype":{"polluted":1}},"toString":1}',
  "gigantic numbers": `{"MaxResults":1e999,"Amount":${"9".repeat(5000)},"since":-1e308}`,
  "the same key 10,000 times": `{${'"Catalog":"Sandbox",'.repeat(10_000)}"Catalog":"AWS"}`,
  "10,000 unknown members": `{${Array.from({ length: 10_000 }, (_, index) => `"m${index}":${index}`).join(",")}}`,
};

/** Values that no member, or few, are made for; and texts that make a pattern go back and forth. */
export const values: readonly string[] = [
  "null",
  "true",
  "-1",
  "1e308",
  "[]",
  "{}",
  "[null]",
  "[[[[1]]]]",
  '{"__proto__":{"__proto__":1}}',
  '"__proto__"',
  '"constructor"',
  '"hasOwnProperty"',
  '"\\u0000"',
  '"\\ud800"',
  '""',
  JSON.stringify("a".repeat(50_000)),
  JSON.stringify(`https://${"a-".repeat(10_000)}!`),
  JSON.stringify(`${"a.".repeat(10_000)}@`),
  JSON.stringify(`${"0".repeat(20_000)}x`),
  JSON.stringify(`arn:${"aws:".repeat(5000)}`),
  JSON.stringify(" ".repeat(20_000) + "x"),
];

export const aws = (service: string, key = "AKIACOSELLPARTNERONE") => ({
  authorization: `AWS4-HMAC-SHA256 Credential=${key}/20260115/us-east-1/${service}/aws4_request, SignedHeaders=host, Signature=${"0".repeat(64)}`,
});

export const sqsOperations = {
  ChangeMessageVisibility: ["QueueUrl", "ReceiptHandle", "VisibilityTimeout"],
  ChangeMessageVisibilityBatch: ["QueueUrl", "Entries"],
  CreateQueue: ["QueueName", "Attributes", "tags"],
  DeleteMessage: ["QueueUrl", "ReceiptHandle"],
  DeleteMessageBatch: ["QueueUrl", "Entries"],
  GetQueueAttributes: ["QueueUrl", "AttributeNames"],
  GetQueueUrl: ["QueueName"],
  ListQueues: ["QueueNamePrefix", "MaxResults"],
  ReceiveMessage: ["QueueUrl", "MaxNumberOfMessages", "WaitTimeSeconds", "AttributeNames", "MessageAttributeNames"],
  SendMessage: ["QueueUrl", "MessageBody", "MessageAttributes", "DelaySeconds"],
  SendMessageBatch: ["QueueUrl", "Entries"],
  SetQueueAttributes: ["QueueUrl", "Attributes"],
};

export const salesforceCalls = [
  "POST /services/oauth2/token",
  "POST /services/oauth2/revoke",
  ...["GET /query?q=", "GET /query/x", "POST /sobjects/Opportunity", "PATCH /sobjects/Opportunity/006000000000001"].map(
    api,
  ),
  ...["PATCH /sobjects/Opportunity/Id/__proto__", "POST /composite", "POST /composite/sobjects"].map(api),
  ...["PATCH /composite/sobjects", "POST /composite/sobjects/Opportunity", "PATCH /composite/sobjects/Account/Id"].map(
    api,
  ),
  ...["DELETE /composite/sobjects?ids=", "POST /sobjects/__proto__", "GET /sobjects/constructor/describe"].map(api),
  ...["GET /sobjects/Account/%ZZ", "GET /sobjects/%00/%00", "GET /sobjects/Account/__proto__/x?fields=__proto__"].map(
    api,
  ),
];

export function api(call: string): string {
  return call.replace(" ", " /services/data/v66.0");
}

/** Every operation of an API, both ways to call it. */
export function awsAttempts(
  url: string,
  { operationNames, targetPrefix, signingName }: Service,
  body: Attempt["body"],
) {
  return operationNames.flatMap((operation): Attempt[] => [
    { url: `${url}/${operation}`, ...(body !== undefined && { body }) },
    {
      url,
      headers: { ...aws(signingName), "x-amz-target": `${targetPrefix}.${operation}` },
      ...(body !== undefined && { body }),
    },
  ]);
}

export function callAttempt(url: string, call: string, body: Attempt["body"], headers = {}): Attempt {
  const [method = "", path = ""] = call.split(" ");
  return { url: url + path, method, headers, ...(body !== undefined && { body }) };
}
