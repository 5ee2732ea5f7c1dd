import { useCallback } from 'react';
import { SignInError, signOut } from '@/lib/account';
import { toastError } from '@/lib/toasts';

/** Ends the session and starts the application afresh, so that nothing of the person stays in memory. */
export const useSignOut = () =>
  useCallback(async () => {
    try {
      await signOut();
      location.assign('/signin');
    } catch (error) {
      toastError(error instanceof SignInError ? error.message : 'Signing out failed. Try again.');
    }
  }, []);
