import { screen, waitFor, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { describe, expect, it } from 'vitest';
import { type Answers, mountAt } from '@/test/mount';

const path = (page: string) => `/p/harbour/claims/settings/${page}`;

describe('members', () => {
  const answers: Answers = {
    OrganizationMembers: () => ({
      data: {
        organization: {
          __typename: 'Organization',
          id: 'org_1',
          members: {
            __typename: 'MembershipConnection',
            totalCount: 2,
            nodes: [
              {
                __typename: 'Membership',
                role: 'OWNER',
                joinedAt: '2026-10-14T09:00:00Z',
                source: 'OWNER_SETUP',
                user: { __typename: 'User', id: 'usr_1', name: 'Maya Lindqvist', email: 'maya@harbour.example' },
                projectRoles: [],
              },
              {
                __typename: 'Membership',
                role: 'SME',
                joinedAt: '2026-10-15T09:00:00Z',
                source: 'INVITATION',
                user: { __typename: 'User', id: 'usr_2', name: 'Jonas Weber', email: 'jonas@harbour.example' },
                projectRoles: [
                  {
                    __typename: 'ProjectRole',
                    role: 'VIEWER',
                    project: { __typename: 'Project', id: 'prj_1', name: 'Claims' },
                  },
                ],
              },
            ],
          },
        },
      },
    }),
    OrganizationInvitations: () => ({
      data: { organization: { __typename: 'Organization', id: 'org_1', invitations: [], joinRequests: [] } },
    }),
  };
  const people = (list: object[]) => ({
    data: {
      organization: {
        __typename: 'Organization',
        id: 'org_1',
        members: { __typename: 'MembershipConnection', nodes: list },
      },
    },
  });
  const jonas = (apiKeys: object[]) => ({
    __typename: 'Membership',
    user: { __typename: 'User', id: 'usr_2' },
    apiKeys,
  });
  const own = {
    __typename: 'ApiKey',
    id: 'key_7',
    name: 'jonas-script',
    prefix: 'pl_7Qm4xK2v',
    scopes: ['READ'],
    lastUsedAt: null,
    lastUseHidden: false,
  };
  const removed = () => ({
    data: {
      removeMember: {
        __typename: 'OrganizationPayload',
        organization: { __typename: 'Organization', id: 'org_1' },
      },
    },
  });

  it('leave with their keys, unless another takes them over', async () => {
    const { sent } = mountAt(path('members'), {
      ...answers,
      MemberKeys: () => people([jonas([own])]),
      RemoveMember: removed,
    });
    await userEvent.click(await screen.findByRole('button', { name: 'Remove Jonas Weber' }));
    expect(await screen.findByRole('list', { name: 'Keys that act for them' })).toHaveTextContent('jonas-script');
    expect(screen.getByText(/refused from its next request on/)).toBeInTheDocument();
    await userEvent.click(screen.getByRole('combobox', { name: 'What becomes of these keys' }));
    await userEvent.click(await screen.findByRole('option', { name: 'are taken over by Maya Lindqvist' }));
    expect(await screen.findByText(/may know their secrets/)).toBeInTheDocument();
    await userEvent.click(screen.getByRole('button', { name: 'Remove 1 person' }));
    await waitFor(() =>
      expect(sent('RemoveMember').map((o) => o.variables)).toEqual([
        { input: { organizationId: 'org_1', userId: 'usr_2', keysToUserId: 'usr_1' } },
      ]),
    );
    expect(sent('MemberKeys')[0]!.variables).toEqual({ slug: 'harbour' });
  });

  it('are not removed while nobody knows which keys would go', async () => {
    mountAt(path('members'), {
      ...answers,
      MemberKeys: () => ({ errors: [{ message: 'no', extensions: { code: 'INTERNAL' } }] }),
    });
    await userEvent.click(await screen.findByRole('button', { name: 'Remove Jonas Weber' }));
    expect(await screen.findByText(/could not be read/)).toBeInTheDocument();
    expect(screen.getByRole('button', { name: 'Remove 1 person' })).toBeDisabled();
  });

  it.each([
    ['at once where no key goes with it', []],
    ['after a question where keys would go', [own]],
  ])('get another role %s', async (_, lost) => {
    const { sent } = mountAt(path('members'), {
      ...answers,
      MemberKeys: () => people([jonas(lost)]),
      SetMemberRole: () => ({
        data: {
          setMemberRole: {
            __typename: 'MembershipPayload',
            membership: { __typename: 'Membership', role: 'VIEWER', user: { __typename: 'User', id: 'usr_2' } },
          },
        },
      }),
    });
    await userEvent.click(await screen.findByRole('combobox', { name: 'Role of Jonas Weber' }));
    await userEvent.click(await screen.findByRole('option', { name: 'Viewer' }));
    if (lost.length > 0) {
      expect(await screen.findByRole('list', { name: 'Keys that act for them' })).toHaveTextContent('jonas-script');
      expect(sent('SetMemberRole')).toEqual([]);
      await userEvent.click(screen.getByRole('button', { name: 'Change 1 role' }));
    }
    await waitFor(() =>
      expect(sent('SetMemberRole').map((o) => o.variables)).toEqual([
        { input: { organizationId: 'org_1', userId: 'usr_2', role: 'VIEWER' } },
      ]),
    );
    expect(sent('MemberKeys')[0]!.variables).toEqual({ slug: 'harbour', beyond: 'VIEWER' });
  });

  it('keep a role in one project until it is dropped', async () => {
    const { sent } = mountAt(path('members'), {
      ...answers,
      ClearProjectRole: () => ({
        data: {
          clearProjectRole: {
            __typename: 'MembershipPayload',
            membership: { __typename: 'Membership', role: 'SME', user: { __typename: 'User', id: 'usr_2' } },
          },
        },
      }),
    });
    expect(await screen.findByText('Viewer in Claims')).toBeInTheDocument();
    await userEvent.click(screen.getByRole('button', { name: 'Drop the role of Jonas Weber in Claims' }));
    await waitFor(() =>
      expect(sent('ClearProjectRole').map((o) => o.variables)).toEqual([
        { input: { organizationId: 'org_1', userId: 'usr_2', projectId: 'prj_1' } },
      ]),
    );
  });

  describe('to be', () => {
    const invitation = {
      __typename: 'Invitation',
      id: 'inv_1',
      email: 'aisha@harbour.example',
      role: 'SME',
      expiresAt: '2026-11-28T00:00:00Z',
      invitedBy: { __typename: 'User', id: 'usr_1', name: 'Maya Lindqvist' },
    };
    const waiting: Answers = {
      ...answers,
      OrganizationInvitations: () => ({
        data: {
          organization: {
            __typename: 'Organization',
            id: 'org_1',
            invitations: [invitation],
            joinRequests: [
              {
                __typename: 'JoinRequest',
                id: 'join_1',
                email: 'aisha.private@mail.example',
                requestedAt: '2026-11-21T00:00:00Z',
                user: { __typename: 'User', id: 'usr_8', name: 'Aisha' },
                invitation,
              },
            ],
          },
        },
      }),
    };

    it('are shown by the address they signed in with, and let in or not', async () => {
      const { sent } = mountAt(path('members'), {
        ...waiting,
        ConfirmJoinRequest: () => ({
          data: {
            confirmJoinRequest: {
              __typename: 'MembershipPayload',
              membership: { __typename: 'Membership', role: 'SME', user: { __typename: 'User', id: 'usr_8' } },
            },
          },
        }),
        DeclineJoinRequest: () => ({
          data: {
            declineJoinRequest: {
              __typename: 'OrganizationPayload',
              organization: { __typename: 'Organization', id: 'org_1' },
            },
          },
        }),
      });
      const table = await screen.findByRole('region', { name: 'Table of requests' });
      expect(table).toHaveTextContent('aisha.private@mail.example');
      expect(table).toHaveTextContent('aisha@harbour.example');
      await userEvent.click(screen.getByRole('button', { name: 'Let aisha.private@mail.example in' }));
      await waitFor(() =>
        expect(sent('ConfirmJoinRequest').map((o) => o.variables)).toEqual([{ input: { id: 'join_1' } }]),
      );
      await userEvent.click(await screen.findByRole('button', { name: 'Decline aisha.private@mail.example' }));
      await waitFor(() =>
        expect(sent('DeclineJoinRequest').map((o) => o.variables)).toEqual([{ input: { id: 'join_1' } }]),
      );
    });

    it('can be uninvited', async () => {
      const { sent } = mountAt(path('members'), {
        ...waiting,
        RevokeInvitation: () => ({
          data: {
            revokeInvitation: {
              __typename: 'OrganizationPayload',
              organization: { __typename: 'Organization', id: 'org_1' },
            },
          },
        }),
      });
      await userEvent.click(
        await screen.findByRole('button', { name: 'Take back the invitation of aisha@harbour.example' }),
      );
      await userEvent.click(await screen.findByRole('button', { name: 'Take back 1 invitation' }));
      await waitFor(() =>
        expect(sent('RevokeInvitation').map((o) => o.variables)).toEqual([{ input: { id: 'inv_1' } }]),
      );
    });
  });

  it('are invited by a link that names this address', async () => {
    const { sent } = mountAt(path('members'), {
      ...answers,
      InviteMember: () => ({
        data: {
          inviteMember: {
            __typename: 'InvitationPayload',
            acceptUrl: 'http://127.0.0.1:5080/join/token-9',
            invitation: {
              __typename: 'Invitation',
              id: 'inv_1',
              email: 'aisha@harbour.example',
              role: 'SME',
              expiresAt: '2026-11-28T00:00:00Z',
            },
          },
        },
      }),
    });
    await userEvent.type(await screen.findByLabelText('E-mail'), 'aisha@harbour.example');
    await userEvent.click(screen.getByRole('button', { name: 'Invite' }));
    expect(await screen.findByRole('region', { name: 'invitation link' })).toHaveTextContent(
      `${location.origin}/join/token-9`,
    );
    expect(sent('InviteMember')[0]!.variables).toEqual({
      input: { organizationId: 'org_1', email: 'aisha@harbour.example', role: 'SME' },
    });
  });

  it('keep their own role and place out of reach', async () => {
    mountAt(path('members'), answers);
    const table = await screen.findByRole('region', { name: 'Table of members' });
    expect(within(table).getByRole('button', { name: 'Remove Jonas Weber' })).toBeInTheDocument();
    expect(within(table).queryByRole('button', { name: 'Remove Maya Lindqvist' })).toBeNull();
  });

  it('stand when the invitations cannot be read', async () => {
    mountAt(path('members'), {
      ...answers,
      OrganizationInvitations: () => ({
        data: { organization: null },
        errors: [{ message: 'later', extensions: { code: 'NOT_IMPLEMENTED' } }],
      }),
    });
    expect(await screen.findByText('Jonas Weber')).toBeInTheDocument();
  });
});
