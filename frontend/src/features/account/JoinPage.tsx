import { Button } from '@mantine/core';
import { useParams } from '@tanstack/react-router';
import { useEffect, useState } from 'react';
import { useMutation, useQuery } from 'urql';
import { AcceptInvitationDocument, WhoJoinsDocument } from '@/gql/graphql';
import { joinWithInvitation, SignInError, signInState } from '@/lib/account';
import { sentenceOf } from '@/lib/errors';
import { usePage } from '@/lib/page';
import { Waiting } from '@/ui';
import { Card, Frame } from './Frame';
import { emptyPerson, PersonFields } from './PersonFields';
import { useSubmit } from './useSubmit';

/** The page behind an invitation: people with an account accept it, others make one. */
export function JoinPage() {
  usePage({ title: 'Join' });
  const { token } = useParams({ from: '/join/$token' });
  const [signedIn, setSignedIn] = useState<boolean>();
  useEffect(() => {
    void signInState().then((state) => setSignedIn(state.signedIn ?? false));
  }, []);
  if (signedIn === undefined) return <Waiting label="Opening the invitation" />;
  return signedIn ? <Accept token={token} /> : <Register token={token} />;
}

function Accept({ token }: { token: string }) {
  const [{ data }] = useQuery({ query: WhoJoinsDocument });
  const [, accept] = useMutation(AcceptInvitationDocument);
  const form = useSubmit(
    async () => {
      const { error } = await accept({ input: { token } });
      if (error) throw new SignInError(sentenceOf(error));
    },
    () => '/',
  );
  return (
    <Frame
      title="You are invited"
      lead={data?.viewer.user ? `You are signed in as ${data.viewer.user.name}.` : undefined}
    >
      <Card onSubmit={form.submit} problem={form.problem}>
        <Button type="submit" size="sm" h={38} fullWidth loading={form.sending}>
          Join the organization
        </Button>
      </Card>
    </Frame>
  );
}

function Register({ token }: { token: string }) {
  const [person, setPerson] = useState(emptyPerson);
  const form = useSubmit(
    () =>
      joinWithInvitation({
        token,
        name: person.name.trim(),
        email: person.email.trim() || undefined,
        password: person.password,
      }),
    () => '/',
  );
  return (
    <Frame
      title="Join your team"
      lead="Choose how you are called and how you sign in."
      foot={
        <>
          You have an account already?{' '}
          <a href={`/signin?next=${encodeURIComponent(`/join/${token}`)}`}>Sign in first</a>
        </>
      }
    >
      <Card onSubmit={form.submit} problem={form.problem}>
        <PersonFields
          draft={person}
          onChange={setPerson}
          emailRequired={false}
          emailNote="Leave empty to use the address you were invited with"
        />
        <Button type="submit" size="sm" h={38} fullWidth loading={form.sending}>
          Join
        </Button>
      </Card>
    </Frame>
  );
}
