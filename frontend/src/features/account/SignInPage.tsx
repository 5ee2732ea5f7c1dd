import { Button, PasswordInput, TextInput } from '@mantine/core';
import { useSearch } from '@tanstack/react-router';
import { useEffect, useState } from 'react';
import { type SignInState, signIn, signInState } from '@/lib/account';
import { usePage } from '@/lib/page';
import { Notice } from '@/ui';
import { Card, Frame } from './Frame';
import { safeNext, useSubmit } from './useSubmit';

export function SignInPage() {
  usePage({ title: 'Sign in' });
  const { next } = useSearch({ from: '/signin' });
  const [state, setState] = useState<SignInState>({});
  const [email, setEmail] = useState('');
  const [password, setPassword] = useState('');
  const form = useSubmit(
    () => signIn(email.trim(), password),
    () => safeNext(next),
  );
  useEffect(() => {
    let shown = true;
    void signInState().then((now) => {
      if (!shown) return;
      if (now.signedIn) location.replace(safeNext(next));
      else setState(now);
    });
    return () => {
      shown = false;
    };
  }, [next]);
  return (
    <Frame title="Sign in to Plumbline" foot="No account? Ask the owner of your organization for an invitation.">
      {state.setupNeeded && (
        <Notice tone="warn">
          Nobody has set this server up yet. Open the link that it printed when it started; it makes the first owner.
        </Notice>
      )}
      <Card onSubmit={form.submit} problem={form.problem}>
        <TextInput
          size="sm"
          label="E-mail"
          type="email"
          required
          withAsterisk={false}
          autoComplete="username"
          autoFocus
          value={email}
          onChange={(event) => setEmail(event.currentTarget.value)}
        />
        <PasswordInput
          size="sm"
          label="Password"
          required
          withAsterisk={false}
          autoComplete="current-password"
          value={password}
          onChange={(event) => setPassword(event.currentTarget.value)}
        />
        <Button type="submit" size="sm" h={38} fullWidth loading={form.sending}>
          Sign in
        </Button>
      </Card>
    </Frame>
  );
}
