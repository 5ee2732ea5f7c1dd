import { ActionIcon, Select, Tooltip } from '@mantine/core';
import { IconTrash } from '@tabler/icons-react';
import { useState } from 'react';
import { useMutation, useQuery } from 'urql';
import {
  OrganizationInvitationsDocument,
  OrganizationMembersDocument,
  type OrganizationMembersQuery,
  RemoveMemberDocument,
  type Role,
  SetMemberRoleDocument,
} from '@/gql/graphql';
import { sentenceOf } from '@/lib/errors';
import { date, plural } from '@/lib/format';
import { toast, toastError } from '@/lib/toasts';
import { useProject, useViewer } from '@/lib/viewer';
import { Panel, Person } from '@/ui';
import { Answered } from './Answered';
import { Confirm } from './Confirm';
import { Invite } from './Invite';
import c from './Members.module.css';
import shared from './settings.module.css';
import { roles, roleWord, sources } from './words';

type Member = NonNullable<OrganizationMembersQuery['organization']>['members']['nodes'][number];

export function Members() {
  const project = useProject();
  const slug = project.organization.slug;
  const may = project.permissions.has('MANAGE_MEMBERS');
  const [{ data, error, fetching }, again] = useQuery({
    query: OrganizationMembersDocument,
    variables: { slug },
    requestPolicy: 'cache-and-network',
  });
  const reload = () => again({ requestPolicy: 'network-only' });
  const members = data?.organization?.members;
  return (
    <>
      {may && <Invitations slug={slug} />}
      <Panel title="Members" line note={members && plural(members.totalCount, 'person', 'people')}>
        <Answered data={members?.nodes} error={error} fetching={fetching} what="the members" onRetry={reload}>
          {(people) => <MemberTable people={people} may={may} onChanged={reload} />}
        </Answered>
      </Panel>
    </>
  );
}

function MemberTable({ people, may, onChanged }: { people: readonly Member[]; may: boolean; onChanged: () => void }) {
  const { organization } = useProject();
  const { user: me } = useViewer();
  const [, setRole] = useMutation(SetMemberRoleDocument);
  const [, remove] = useMutation(RemoveMemberDocument);
  const [leaving, setLeaving] = useState<Member>();
  const change = async (member: Member, role: Role) => {
    const { error } = await setRole({ input: { organizationId: organization.id, userId: member.user.id, role } });
    if (error) toastError(sentenceOf(error));
    else toast(`${member.user.name} is ${roleWord(role)} now`);
    onChanged();
  };
  return (
    <div className={shared.scroll} role="region" aria-label="Table of members" tabIndex={0}>
      <table className={`${shared.table} num`}>
        <thead>
          <tr>
            <th scope="col">Person</th>
            <th scope="col">Role</th>
            <th scope="col">Came by</th>
            <th scope="col">Since</th>
            <th scope="col">
              <span className="vh">Actions</span>
            </th>
          </tr>
        </thead>
        <tbody>
          {people.map((member) => (
            <tr key={member.user.id}>
              <td>
                <span className={c.person}>
                  <Person name={member.user.name} size={26} />
                  <span>
                    {member.user.name}
                    <small>{member.user.email}</small>
                  </span>
                </span>
              </td>
              <td>
                {may && member.user.id !== me?.id ? (
                  <Select
                    w={140}
                    aria-label={`Role of ${member.user.name}`}
                    data={roles.map(({ value, label }) => ({ value, label }))}
                    value={member.role}
                    onChange={(role) => role && void change(member, role as Role)}
                  />
                ) : (
                  roleWord(member.role)
                )}
              </td>
              <td>{sources[member.source]}</td>
              <td>{date(member.joinedAt)}</td>
              <td>
                {may && member.user.id !== me?.id && (
                  <Tooltip label="Remove">
                    <ActionIcon
                      variant="subtle"
                      color="gray"
                      c="var(--pl-text-2)"
                      aria-label={`Remove ${member.user.name}`}
                      onClick={() => setLeaving(member)}
                    >
                      <IconTrash size={15} stroke={1.75} />
                    </ActionIcon>
                  </Tooltip>
                )}
              </td>
            </tr>
          ))}
        </tbody>
      </table>
      <Confirm
        opened={leaving !== undefined}
        title={`Remove ${leaving?.user.name ?? ''}?`}
        text="They lose access with their next click. Their reviews and versions stay."
        verb="Remove 1 person"
        onClose={() => setLeaving(undefined)}
        onConfirm={async () => {
          const result = await remove({ input: { organizationId: organization.id, userId: leaving!.user.id } });
          if (!result.error) onChanged();
          return result;
        }}
      />
    </div>
  );
}

function Invitations({ slug }: { slug: string }) {
  const [{ data }, again] = useQuery({
    query: OrganizationInvitationsDocument,
    variables: { slug },
    requestPolicy: 'cache-and-network',
  });
  const open = data?.organization?.invitations ?? [];
  return (
    <Panel title="Invite somebody">
      <Invite onInvited={() => again({ requestPolicy: 'network-only' })} />
      {open.length > 0 && (
        <div className={shared.scroll} role="region" aria-label="Table of invitations" tabIndex={0}>
          <table className={`${shared.table} num`}>
            <thead>
              <tr>
                <th scope="col">Invited</th>
                <th scope="col">Role</th>
                <th scope="col">Until</th>
              </tr>
            </thead>
            <tbody>
              {open.map((invitation) => (
                <tr key={invitation.id}>
                  <td>{invitation.email}</td>
                  <td>{roleWord(invitation.role)}</td>
                  <td>{date(invitation.expiresAt)}</td>
                </tr>
              ))}
            </tbody>
          </table>
        </div>
      )}
    </Panel>
  );
}
