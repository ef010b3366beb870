import type { SalesforceRecord } from "../salesforce/document.ts";
import { recordId } from "../salesforce/records/record-id.ts";
import { drawFor } from "./draw.ts";
import { phoneNumber, placesIn } from "./places.ts";

const firstNames = [
  "Amara", "Anika", "Bruno", "Carla", "Chen", "Dalia", "Elif", "Emil", "Farah", "Gita", "Hugo", "Ines", "Ivo", "Jana",
  "Kofi", "Lena", "Luca", "Mara", "Mateo", "Naomi", "Nils", "Olga", "Pavel", "Priya", "Rafael", "Rosa", "Sami", "Tara",
  "Tomas", "Yuki",
] as const; // prettier-ignore
const lastNames = [
  "Abara", "Becker", "Brandt", "Castillo", "Costa", "Dahl", "Dupont", "Eriksen", "Ferrari", "Gruber", "Haddad", "Ito",
  "Jensen", "Kaplan", "Kimani", "Kovacs", "Lindgren", "Marino", "Mensah", "Moreau", "Novak", "Okafor", "Park", "Petrov",
  "Reyes", "Rossi", "Silva", "Tanaka", "Vargas", "Weber",
] as const; // prettier-ignore
const titles = [
  "Head of IT",
  "CIO",
  "Director of Operations",
  "IT Manager",
  "VP Engineering",
  "Procurement Lead",
  "CFO",
] as const;
const notPhones = ["n/a", "ask reception", "555-CALL-ME", "ext. 12"] as const;

/** The company that people work at. */
interface Employer {
  readonly id: string;
  readonly domain: string;
  readonly country: string;
  /** The first contact's number is none. */
  readonly badPhone: boolean;
}

/** How the people are made. */
interface Making {
  readonly seed: number;
  readonly stamp: string;
  /** The first one's number among all contacts. */
  readonly firstNumber: number;
}

/** Three invented people at a company. Some e-mails are in upper case, some numbers as people write them at home. */
export function contactsOf(
  { id, domain, country, badPhone }: Employer,
  { seed, stamp, firstNumber }: Making,
): readonly (SalesforceRecord & { readonly Id: string })[] {
  return [0, 1, 2].map((index) => {
    const draw = drawFor(seed, `contact:${id}:${index}`);
    const FirstName = draw.one(firstNames);
    const LastName = draw.one(lastNames);
    const email = `${FirstName}.${LastName}${index === 0 ? "" : index}@${domain}`.toLowerCase();
    const { phone } = draw.one(placesIn(country));
    const number = phoneNumber(draw.chance(0.4) ? phone.local : phone.international, draw.between(0, 99));
    return {
      Id: recordId("003", firstNumber + index),
      AccountId: id,
      FirstName,
      LastName,
      Email: draw.chance(0.1) ? email.toUpperCase() : email,
      Phone: badPhone && index === 0 ? draw.one(notPhones) : number,
      Title: draw.one(titles),
      SystemModstamp: stamp,
    };
  });
}
