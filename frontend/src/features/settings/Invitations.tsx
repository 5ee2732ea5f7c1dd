import { Button, Group } from '@mantine/core';
import { IconTrash } from '@tabler/icons-react';
import { useState } from 'react';
import { useMutation, useQuery } from 'urql';
import {
  ConfirmJoinRequestDocument,
  DeclineJoinRequestDocument,
  OrganizationInvitationsDocument,
  type OrganizationInvitationsQuery,
  RevokeInvitationDocument,
} from '@/gql/graphql';
import { sentenceOf } from '@/lib/errors';
import { ago, date, exactTime } from '@/lib/format';
import { toast, toastError } from '@/lib/toasts';
import { Notice, Panel } from '@/ui';
import { Confirm } from './Confirm';
import { Invite } from './Invite';
import { RowAction, SettingsTable } from './SettingsTable';
import shared from './settings.module.css';
import { roleWord } from './words';

type Organization = NonNullable<OrganizationInvitationsQuery['organization']>;
type Invitation = Organization['invitations'][number];
type JoinRequest = Organization['joinRequests'][number];

/** How people come in: who is invited, and who asks to be let in by somebody else's invitation. */
export function Invitations({ slug, onJoined }: { slug: string; onJoined: () => void }) {
  const [{ data }, again] = useQuery({
    query: OrganizationInvitationsDocument,
    variables: { slug },
    requestPolicy: 'cache-and-network',
  });
  const reload = () => again({ requestPolicy: 'network-only' });
  const open = data?.organization?.invitations ?? [];
  const requests = data?.organization?.joinRequests ?? [];
  return (
    <>
      {requests.length > 0 && (
        <Panel title="Ask to be let in">
          <Requests
            requests={requests}
            onAnswered={() => {
              reload();
              onJoined();
            }}
          />
        </Panel>
      )}
      <Panel title="Invite somebody">
        <Invite onInvited={reload} />
        {open.length > 0 && <OpenInvitations open={open} onRevoked={reload} />}
      </Panel>
    </>
  );
}

function Requests({ requests, onAnswered }: { requests: readonly JoinRequest[]; onAnswered: () => void }) {
  const [confirming, confirm] = useMutation(ConfirmJoinRequestDocument);
  const [declining, decline] = useMutation(DeclineJoinRequestDocument);
  const busy = confirming.fetching || declining.fetching;
  const answer = async (request: JoinRequest, lets: boolean) => {
    const input = { id: request.id };
    const { error } = lets ? await confirm({ input }) : await decline({ input });
    if (error) toastError(sentenceOf(error));
    else toast(lets ? `${request.user.name} is in` : `${request.user.name} stays outside`);
    onAnswered();
  };
  return (
    <>
      <div className={shared.inside}>
        <Notice tone="warn">
          These people have a link that was made for another address. Nobody has checked that the address they sign in
          with is theirs, and a name is chosen by whoever bears it: ask them by other means before you let them in.
        </Notice>
      </div>
      <SettingsTable of="requests" columns={['Signed in as', 'Invited was', 'Role', 'Asked']}>
        {requests.map((request) => (
          <tr key={request.id}>
            <td>
              {request.email}
              <br />
              <span className="dim">{request.user.name}</span>
            </td>
            <td>{request.invitation.email}</td>
            <td>{roleWord(request.invitation.role)}</td>
            <td title={exactTime(request.requestedAt)}>{ago(request.requestedAt)}</td>
            <td>
              <Group gap="xs" justify="flex-end" wrap="nowrap">
                <Button
                  variant="default"
                  disabled={busy}
                  aria-label={`Decline ${request.email}`}
                  onClick={() => void answer(request, false)}
                >
                  Decline
                </Button>
                <Button
                  disabled={busy}
                  aria-label={`Let ${request.email} in`}
                  onClick={() => void answer(request, true)}
                >
                  Let in
                </Button>
              </Group>
            </td>
          </tr>
        ))}
      </SettingsTable>
    </>
  );
}

function OpenInvitations({ open, onRevoked }: { open: readonly Invitation[]; onRevoked: () => void }) {
  const [, revoke] = useMutation(RevokeInvitationDocument);
  const [leaving, setLeaving] = useState<Invitation>();
  return (
    <>
      <SettingsTable of="invitations" columns={['Invited', 'Role', 'By', 'Until']}>
        {open.map((invitation) => (
          <tr key={invitation.id}>
            <td>{invitation.email}</td>
            <td>{roleWord(invitation.role)}</td>
            <td>{invitation.invitedBy.name}</td>
            <td>{date(invitation.expiresAt)}</td>
            <td>
              <RowAction
                label="Take back"
                name={`Take back the invitation of ${invitation.email}`}
                onClick={() => setLeaving(invitation)}
              >
                <IconTrash size={15} stroke={1.75} />
              </RowAction>
            </td>
          </tr>
        ))}
      </SettingsTable>
      <Confirm
        opened={leaving !== undefined}
        title={`Take back the invitation of ${leaving?.email ?? ''}?`}
        text="Its link stops working at once."
        verb="Take back 1 invitation"
        onClose={() => setLeaving(undefined)}
        onConfirm={async () => {
          const result = await revoke({ input: { id: leaving!.id } });
          if (!result.error) onRevoked();
          return result;
        }}
      />
    </>
  );
}
