import { Button } from '@mantine/core';
import { useParams } from '@tanstack/react-router';
import { useEffect, useState } from 'react';
import { useMutation, useQuery } from 'urql';
import { AcceptInvitationDocument, RequestToJoinDocument, WhoJoinsDocument } from '@/gql/graphql';
import { joinWithInvitation, SignInError, signInState } from '@/lib/account';
import { codeOf, sentenceOf } from '@/lib/errors';
import { usePage } from '@/lib/page';
import { Notice, Waiting } from '@/ui';
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
  const [isAnothers, setAnothers] = useState(false);
  const form = useSubmit(
    async () => {
      const { error } = await accept({ input: { token } });
      if (!error) return;
      setAnothers(codeOf(error) === 'FORBIDDEN');
      throw new SignInError(codeOf(error) === 'NOT_FOUND' ? error.graphQLErrors[0]!.message : sentenceOf(error));
    },
    () => '/',
  );
  const me = data?.viewer.user;
  return (
    <Frame title="You are invited" lead={me ? `You are signed in as ${me.name}, ${me.email}.` : undefined}>
      {isAnothers ? (
        <Ask token={token} />
      ) : (
        <Card onSubmit={form.submit} problem={form.problem}>
          <Button type="submit" size="sm" h={38} fullWidth loading={form.sending}>
            Join the organization
          </Button>
        </Card>
      )}
    </Frame>
  );
}

/** For whoever has the link of an invitation that is for another address: those who invite decide. */
function Ask({ token }: { token: string }) {
  const [{ data, error, fetching }, ask] = useMutation(RequestToJoinDocument);
  if (data)
    return (
      <div role="status">
        <Notice tone="pass">
          You have asked. You get in once somebody who may invite you says yes; this page need not stay open.
        </Notice>
      </div>
    );
  return (
    <Card
      onSubmit={() => void ask({ input: { token } })}
      problem={error && (codeOf(error) === 'NOT_FOUND' ? error.graphQLErrors[0]!.message : sentenceOf(error))}
    >
      <Notice tone="warn">
        This invitation is for another e-mail address than yours. Sign in with the address that was invited, or ask to
        be let in with this one.
      </Notice>
      <Button type="submit" size="sm" h={38} fullWidth loading={fetching}>
        Ask to be let in
      </Button>
    </Card>
  );
}

function Register({ token }: { token: string }) {
  const [person, setPerson] = useState(emptyPerson);
  const form = useSubmit(
    () =>
      joinWithInvitation({
        token,
        name: person.name.trim(),
        password: person.password,
      }),
    () => '/',
  );
  return (
    <Frame
      title="Join your team"
      lead="Choose how you are called, and a password. You sign in with the address you were invited with."
      foot={
        <>
          You have an account already?{' '}
          <a href={`/signin?next=${encodeURIComponent(`/join/${token}`)}`}>Sign in first</a>
        </>
      }
    >
      <Card onSubmit={form.submit} problem={form.problem}>
        <PersonFields draft={person} onChange={setPerson} hasAddress />
        <Button type="submit" size="sm" h={38} fullWidth loading={form.sending}>
          Join
        </Button>
      </Card>
    </Frame>
  );
}
