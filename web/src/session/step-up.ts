/** A way to prove again who is there, as the server names it. */
export type Means = 'password' | 'totp' | 'passkey';

export type StepUpAnswer = 'proven' | 'refused' | 'wait' | 'unreachable';

async function post(path: string, body: object): Promise<Response> {
  return fetch(path, { method: 'POST', credentials: 'same-origin', headers: { 'Content-Type': 'application/json', Accept: 'application/json' }, body: JSON.stringify(body) });
}

/** Sends a proof for acts that ask for one; the session itself stays. */
export async function stepUp(proof: { password: string } | { code: string } | { ceremony: string; credential: unknown }): Promise<StepUpAnswer> {
  try {
    const answer = await post('/sign-in/step-up', proof);
    if (answer.ok) return 'proven';
    if (answer.status === 429) return 'wait';
    return answer.status < 500 ? 'refused' : 'unreachable';
  } catch {
    return 'unreachable';
  }
}

/** The same by a passkey: the server's question, the device's answer. */
export async function stepUpByPasskey(): Promise<StepUpAnswer> {
  try {
    const begun = await post('/sign-in/step-up/passkey', {});
    if (!begun.ok) return 'unreachable';
    const { ceremony, options } = (await begun.json()) as { ceremony: string; options: { publicKey?: PublicKeyCredentialRequestOptionsJSON } & PublicKeyCredentialRequestOptionsJSON };
    const publicKey = PublicKeyCredential.parseRequestOptionsFromJSON(options.publicKey ?? options);
    const credential = await navigator.credentials.get({ publicKey });
    if (!credential) return 'refused';
    return await stepUp({ ceremony, credential: (credential as PublicKeyCredential).toJSON() });
  } catch {
    return 'refused';
  }
}
