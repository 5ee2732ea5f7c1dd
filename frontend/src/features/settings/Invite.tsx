import { Button, Select, TextInput } from '@mantine/core';
import { useState } from 'react';
import { useMutation } from 'urql';
import { InviteMemberDocument, type Role } from '@/gql/graphql';
import { sentenceOf } from '@/lib/errors';
import { useProject } from '@/lib/viewer';
import { Code, Notice } from '@/ui';
import shared from './settings.module.css';
import { roles } from './words';

/** Makes an invitation; its link is shown once, to be sent by whatever the team talks through. */
export function Invite({ onInvited }: { onInvited: () => void }) {
  const { organization } = useProject();
  const [email, setEmail] = useState('');
  const [role, setRole] = useState<Role>('SME');
  const [made, setMade] = useState<{ email: string; url: string }>();
  const [{ fetching, error }, invite] = useMutation(InviteMemberDocument);
  const submit = async () => {
    const { data } = await invite({ input: { organizationId: organization.id, email: email.trim(), role } });
    if (!data) return;
    // The server may not know the address people reach it by; this page does.
    setMade({
      email: email.trim(),
      url: new URL(new URL(data.inviteMember.acceptUrl, location.origin).pathname, location.origin).href,
    });
    setEmail('');
    onInvited();
  };
  return (
    <div className={shared.inside}>
      <form
        className={shared.form}
        onSubmit={(event) => {
          event.preventDefault();
          void submit();
        }}
      >
        <TextInput
          label="E-mail"
          type="email"
          required
          withAsterisk={false}
          value={email}
          onChange={(event) => setEmail(event.currentTarget.value)}
        />
        <Select
          label="Role"
          data={roles
            .filter((r) => r.value !== 'OWNER')
            .map((r) => ({ value: r.value, label: `${r.label}: ${r.may}` }))}
          value={role}
          onChange={(value) => value && setRole(value as Role)}
        />
        {error && (
          <div data-wide>
            <Notice tone="fail">{sentenceOf(error)}</Notice>
          </div>
        )}
        <div className={shared.actions}>
          <Button type="submit" loading={fetching} disabled={!email.includes('@')}>
            Invite
          </Button>
        </div>
      </form>
      {made && (
        <div role="status">
          <Notice tone="pass">Send this link to {made.email}. It is shown this once and works once.</Notice>
          <div style={{ height: 8 }} />
          <Code label="invitation link">{made.url}</Code>
        </div>
      )}
    </div>
  );
}
