/** What the door answers: in, refused, or not reached. */
export type SignInAnswer = 'in' | 'refused' | 'unreachable';

export async function signIn(person: string, password: string): Promise<SignInAnswer> {
  try {
    const answer = await fetch('/sign-in', {
      method: 'POST',
      credentials: 'same-origin',
      headers: { 'Content-Type': 'application/json', Accept: 'application/json' },
      body: JSON.stringify({ person, password }),
    });
    if (answer.ok) return 'in';
    return answer.status < 500 ? 'refused' : 'unreachable';
  } catch {
    return 'unreachable';
  }
}

export async function signOut(): Promise<void> {
  await fetch('/sign-out', { method: 'POST', credentials: 'same-origin' });
}
