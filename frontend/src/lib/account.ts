import { csrf } from './client';

/** What the sign-in endpoints answer when they refuse. */
export class SignInError extends Error {}

async function post(path: string, body: unknown): Promise<void> {
  let response: Response;
  try {
    response = await fetch(path, {
      method: 'POST',
      credentials: 'same-origin',
      headers: { 'content-type': 'application/json', ...csrf },
      body: JSON.stringify(body),
    });
  } catch {
    throw new SignInError('Plumbline could not be reached. Check the connection and try again.');
  }
  if (response.ok) return;
  throw new SignInError((await sentence(response)) ?? 'The server had a problem with this. Try again in a moment.');
}

/** Problem details, a GraphQL-like error, or plain text: whichever the server words it in. */
async function sentence(response: Response): Promise<string | undefined> {
  const text = await response.text();
  try {
    const said = JSON.parse(text) as {
      message?: string;
      detail?: string;
      title?: string;
      error?: string | { message?: string };
    };
    const error = typeof said.error === 'string' ? said.error : said.error?.message;
    return said.detail ?? said.message ?? error ?? said.title;
  } catch {
    return text.length > 0 && text.length < 300 && !text.startsWith('<') ? text : undefined;
  }
}

export const signIn = (email: string, password: string) => post('/signin/password', { email, password });
export const signOut = () => post('/signout', {});

interface FirstOwner {
  token: string;
  name: string;
  email: string;
  password: string;
  organization: string;
}
export const signInFirstOwner = (form: FirstOwner) => post('/signin/link', form);

interface NewMember {
  token: string;
  name: string;
  email?: string;
  password: string;
}
export const joinWithInvitation = (form: NewMember) => post('/signin/join', form);

export interface SignInState {
  signedIn?: boolean;
  setupNeeded?: boolean;
}
/** What is possible now. Where the server does not say, signing in is what is left. */
export async function signInState(): Promise<SignInState> {
  try {
    const response = await fetch('/signin/state', { credentials: 'same-origin', headers: csrf });
    return response.ok ? ((await response.json()) as SignInState) : {};
  } catch {
    return {};
  }
}
