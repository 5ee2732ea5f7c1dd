import { ActionIcon, Select } from '@mantine/core';
import { IconTrash, IconX } from '@tabler/icons-react';
import { useState } from 'react';
import { type CombinedError, useClient, useMutation, useQuery } from 'urql';
import {
  ClearProjectRoleDocument,
  MemberKeysDocument,
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
import { Handover } from './Handover';
import { Invitations } from './Invitations';
import c from './Members.module.css';
import { RowAction, SettingsTable } from './SettingsTable';
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
      {may && <Invitations slug={slug} onJoined={reload} />}
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
  const [, clear] = useMutation(ClearProjectRoleDocument);
  const client = useClient();
  const [asked, setAsked] = useState<{ member: Member; role?: Role }>();
  const input = (member: Member) => ({ organizationId: organization.id, userId: member.user.id });
  const give = async (member: Member, role: Role, keysToUserId?: string) => {
    const result = await setRole({ input: { ...input(member), role, keysToUserId } });
    if (!result.error) toast(`${member.user.name} is ${roleWord(role)} now`);
    onChanged();
    return result;
  };
  // Asks only where the new role takes keys away.
  const change = async (member: Member, role: Role) => {
    const { data, error } = await client
      .query(MemberKeysDocument, { slug: organization.slug, beyond: role }, { requestPolicy: 'network-only' })
      .toPromise();
    const keys = data?.organization?.members.nodes.find((m) => m.user.id === member.user.id)?.apiKeys;
    if (error || keys?.length) setAsked({ member, role });
    else show(await give(member, role));
  };
  const show = ({ error }: { error?: CombinedError }) => error && toastError(sentenceOf(error));
  const drop = async (member: Member, projectId: string) => {
    const result = await clear({ input: { ...input(member), projectId } });
    show(result);
    onChanged();
  };
  return (
    <>
      <SettingsTable of="members" columns={['Person', 'Role', 'Came by', 'Since']}>
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
              {member.projectRoles.map((exception) => (
                <span key={exception.project.id} className={c.exceptions}>
                  {roleWord(exception.role)} in {exception.project.name}
                  {may && (
                    <ActionIcon
                      variant="subtle"
                      color="gray"
                      size="xs"
                      ml={4}
                      aria-label={`Drop the role of ${member.user.name} in ${exception.project.name}`}
                      onClick={() => void drop(member, exception.project.id)}
                    >
                      <IconX size={11} />
                    </ActionIcon>
                  )}
                </span>
              ))}
            </td>
            <td>{sources[member.source]}</td>
            <td>{date(member.joinedAt)}</td>
            <td>
              {may && member.user.id !== me?.id && (
                <RowAction label="Remove" name={`Remove ${member.user.name}`} onClick={() => setAsked({ member })}>
                  <IconTrash size={15} stroke={1.75} />
                </RowAction>
              )}
            </td>
          </tr>
        ))}
      </SettingsTable>
      {asked && (
        <Handover
          key={`${asked.member.user.id} ${asked.role ?? ''}`}
          slug={organization.slug}
          who={asked.member.user}
          role={asked.role}
          others={people.map((m) => m.user).filter((u) => u.id !== asked.member.user.id)}
          title={
            asked.role ? `Make ${asked.member.user.name} ${roleWord(asked.role)}?` : `Remove ${asked.member.user.name}?`
          }
          text={
            asked.role
              ? 'Some keys that act for them may do more than they may from then on.'
              : 'They lose access with their next click, and invitations that they made stop working. Their reviews and versions stay.'
          }
          verb={asked.role ? 'Change 1 role' : 'Remove 1 person'}
          onClose={() => setAsked(undefined)}
          onConfirm={async (keysToUserId) => {
            if (asked.role) return give(asked.member, asked.role, keysToUserId);
            const result = await remove({ input: { ...input(asked.member), keysToUserId } });
            if (!result.error) onChanged();
            return result;
          }}
        />
      )}
    </>
  );
}
