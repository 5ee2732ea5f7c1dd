import { Button, TextInput } from '@mantine/core';
import { useParams } from '@tanstack/react-router';
import { useState } from 'react';
import { signInFirstOwner } from '@/lib/account';
import { usePage } from '@/lib/page';
import { Card, Frame } from './Frame';
import { emptyPerson, PersonFields } from './PersonFields';
import { useSubmit } from './useSubmit';

/** The page behind the link that a new server prints: makes the organization and its owner. */
export function FirstOwnerPage() {
  usePage({ title: 'Welcome' });
  const { token } = useParams({ from: '/signin/link/$token' });
  const [person, setPerson] = useState(emptyPerson);
  const [organization, setOrganization] = useState('');
  const form = useSubmit(
    () =>
      signInFirstOwner({
        token,
        name: person.name.trim(),
        email: person.email.trim(),
        password: person.password,
        organization: organization.trim(),
      }),
    () => '/',
  );
  return (
    <Frame
      title="Welcome to Plumbline"
      lead="You are the first here. This makes your organization and you its owner."
      foot="The link works once, for 30 minutes after the server started."
    >
      <Card onSubmit={form.submit} problem={form.problem}>
        <PersonFields draft={person} onChange={setPerson} />
        <TextInput
          size="sm"
          label="Organization"
          description="Your company or team; can be changed later"
          required
          withAsterisk={false}
          autoComplete="organization"
          value={organization}
          onChange={(event) => setOrganization(event.currentTarget.value)}
        />
        <Button type="submit" size="sm" h={38} fullWidth loading={form.sending}>
          Create the organization
        </Button>
      </Card>
    </Frame>
  );
}
