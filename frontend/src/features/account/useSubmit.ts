import { useState } from 'react';
import { SignInError } from '@/lib/account';

/**
 * Sends a form to a sign-in endpoint and then loads the page `next` afresh, so that the application starts with the new
 * session and nothing of an earlier one.
 */
export function useSubmit(send: () => Promise<void>, next: () => string) {
  const [problem, setProblem] = useState<string>();
  const [sending, setSending] = useState(false);
  const submit = async () => {
    setProblem(undefined);
    setSending(true);
    try {
      await send();
      location.assign(next());
    } catch (error) {
      setProblem(
        error instanceof SignInError
          ? error.message
          : 'Something went wrong in this browser. Reload the page and try again.',
      );
      setSending(false);
    }
  };
  return { problem, sending, submit: () => void submit() };
}

/** Only an address of this application, never another site's: read as the browser will read it, and written anew. */
export function safeNext(next: string | undefined): string {
  if (next === undefined || !URL.canParse(next, location.origin)) return '/';
  const url = new URL(next, location.origin);
  // `/.//other.example` is of this origin, but its path alone would be read as another one.
  if (url.origin !== location.origin || url.pathname.startsWith('//')) return '/';
  return url.pathname + url.search + url.hash;
}
