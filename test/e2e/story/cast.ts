import type { StoryDeal } from "./story-crm.ts";
import type { Story } from "./story.ts";

const dealsOfAnAccount = 5;
const cities = ["Austin", "Boston", "Denver", "Portland"];
const states = ["Texas", "Massachusetts", "Colorado", "Oregon"];
const postalCodes = ["78701", "02108", "80202", "97201"];
const solutions = ["S-0001111", "S-0001112"];

/** A solution that AWS does not know: what was created with it never gets to AWS's review. */
const unknownSolution = "S-9999999";

/** Which of every twenty deals is not ready to be submitted, and how. */
const unready: Readonly<Record<number, Partial<StoryDeal>>> = {
  3: { shared: false },
  8: { stage: "Prospect" },
  13: { problem: null },
  17: { solutions: [unknownSolution] },
  18: { shared: false, stage: "Closed Lost", lossReason: "Price" },
};

/** Makes the company's customers, and so many deals with them. */
export function createDeals(story: Story, count: number): void {
  const { crm } = story.world;
  if (story.owners.length === 0) story.owners.push(...["kim", "lou"].map((name) => createOwner(story, name)));
  for (let made = 0; made < count; made += 1) {
    const number = story.records.length;
    if (number % dealsOfAnAccount === 0) createAccount(story);
    const [account, contact] = [story.accounts.at(-1) ?? "", story.contacts.at(-1) ?? ""];
    const deal = { ...dealOf(number), ...unready[number % 20] };
    const ref = crm.createDeal(deal, account, contact);
    if (deal.solutions.includes(unknownSolution)) story.stopped.set(ref, "AWS does not know its solution");
    story.records.push({ ref, account, contact });
  }
}

/** One of the company's own people. */
export function createOwner({ world }: Story, name: string): string {
  const [first = "", ...rest] = name;
  return world.crm.createOwner({
    firstName: first.toUpperCase() + rest.join(""),
    lastName: "Ito",
    email: `${name}@partner.example`,
  });
}

/** A customer with one person there. */
function createAccount(story: Story): void {
  const { crm } = story.world;
  const number = story.accounts.length;
  const place = number % cities.length;
  const account = crm.createAccount({
    name: `Customer ${number}`,
    website: `https://www.customer-${number}.example`,
    street: `${number + 1} Main Street`,
    city: cities[place] ?? "",
    state: states[place] ?? "",
    postalCode: postalCodes[place] ?? "",
  });
  story.accounts.push(account);
  const person = { firstName: "Ann", lastName: `Lee ${number}`, email: `Ann.Lee@customer-${number}.example` };
  story.contacts.push(crm.createContact(account, person));
}

function dealOf(number: number): StoryDeal {
  return {
    title: `Data platform ${number}`,
    shared: true,
    stage: number % 4 === 0 ? "Technical Validation" : "Qualified",
    closeDate: `2035-0${1 + (number % 9)}-15`,
    monthlySpend: number % 7 === 0 ? null : 5000 + number,
    nextSteps: `Send proposal ${number}`,
    problem: `The customer cannot see its stock across its ${number + 2} shops.`,
    comments: number % 3 === 0 ? `Prefers mornings, note ${number}` : null,
    solutions: [solutions[number % solutions.length] ?? ""],
    lossReason: null,
  };
}
