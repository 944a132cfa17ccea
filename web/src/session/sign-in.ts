/** A second step that a sign-in by password may go on with. */
export type NextStep = 'passkey' | 'totp' | 'recovery_code';

/** What the door answers: in, a second step, a refusal in the server's own words, or not reached. */
export type SignInAnswer =
  | { kind: 'in' }
  | { kind: 'next'; steps: readonly NextStep[] }
  | { kind: 'refused'; message: string | undefined; field: string | undefined }
  | { kind: 'unreachable' };

const unreachable: SignInAnswer = { kind: 'unreachable' };

function post(path: string, body: object, language: string): Promise<Response> {
  return fetch(path, {
    method: 'POST',
    credentials: 'same-origin',
    headers: { 'Content-Type': 'application/json', Accept: 'application/json', 'Accept-Language': language },
    body: JSON.stringify(body),
  });
}

interface Told {
  next?: NextStep[];
  problems?: { message?: string; path?: string }[];
}

async function step(path: string, body: object, language: string): Promise<SignInAnswer> {
  try {
    const answer = await post(path, body, language);
    if (answer.status === 204) return { kind: 'in' };
    if (answer.status >= 500) return unreachable;
    const told = (await answer.json()) as Told;
    if (answer.ok && told.next) return { kind: 'next', steps: told.next };
    if (answer.ok) return { kind: 'in' };
    return { kind: 'refused', message: told.problems?.[0]?.message, field: told.problems?.[0]?.path };
  } catch {
    return unreachable;
  }
}

export const signIn = (person: string, password: string, language: string): Promise<SignInAnswer> => step('/sign-in', { person, password }, language);

/** The second step: a code of the authenticator app, or one from the paper kept for a lost phone. */
export const signInByCode = (code: string, recovery: boolean, language: string): Promise<SignInAnswer> => step('/sign-in/code', { code, recovery }, language);

/** A one-time code of the administrator becomes a password of one's own; second is the other half where two had to agree. */
export const signInByInvitation = (code: string, second: string, password: string, language: string): Promise<SignInAnswer> =>
  step('/sign-in/invitation', { code, second, password }, language);

/** The browser's own key says who it is; nobody types a name. */
export async function signInByPasskey(language: string): Promise<SignInAnswer> {
  try {
    const begun = await post('/sign-in/passkey', {}, language);
    if (!begun.ok) return unreachable;
    const { ceremony, options } = (await begun.json()) as { ceremony: string; options: { publicKey: PublicKeyCredentialRequestOptionsJSON } };
    const held = await navigator.credentials.get({ publicKey: PublicKeyCredential.parseRequestOptionsFromJSON(options.publicKey) });
    if (!held) return { kind: 'refused', message: undefined, field: undefined };
    return await step('/sign-in/passkey/finish', { ceremony, credential: (held as PublicKeyCredential).toJSON() }, language);
  } catch {
    return { kind: 'refused', message: undefined, field: undefined }; // given up, or no key of this place
  }
}

/** Another service that vouches for people. */
export interface Issuer {
  id: string;
  name: { ar: string; en: string };
}

export interface Ways {
  passkey: boolean;
  issuers: Issuer[];
}

/** What can be used at this door beside a password. */
export async function waysIn(): Promise<Ways> {
  try {
    const answer = await fetch('/sign-in/ways', { credentials: 'same-origin' });
    if (answer.ok) return (await answer.json()) as Ways;
  } catch {
    // Without an answer there is still the password.
  }
  return { passkey: false, issuers: [] };
}

export async function signOut(): Promise<void> {
  await fetch('/sign-out', { method: 'POST', credentials: 'same-origin' });
}
