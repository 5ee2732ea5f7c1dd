import { screen, waitFor } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { mountAt } from '@/test/mount';
import { safeNext } from './useSubmit';

const assign = vi.fn();
let state = {};
const post = vi.fn<(path: string, init: RequestInit) => Response>();

beforeEach(() => {
  state = { signedIn: false, setupNeeded: false };
  post.mockImplementation(() => new Response(null, { status: 204 }));
  vi.stubGlobal('fetch', async (path: string, init: RequestInit = {}) =>
    path === '/signin/state' ? new Response(JSON.stringify(state)) : post(path, init),
  );
  vi.stubGlobal('location', { ...window.location, origin: 'http://plumbline.test', assign, replace: assign });
});
afterEach(() => {
  vi.unstubAllGlobals();
  vi.clearAllMocks();
});
const sent = () => JSON.parse(String(post.mock.calls.at(-1)![1].body));

describe('signing in', () => {
  it('posts with the header that other sites cannot send, and goes where the person was', async () => {
    mountAt('/signin?next=%2Fp%2Fharbour%2Fclaims%2Ftraces');
    await userEvent.type(await screen.findByLabelText('E-mail'), ' maya@harbour.example');
    await userEvent.type(screen.getByLabelText('Password'), 'a long sentence{Enter}');
    await waitFor(() => expect(assign).toHaveBeenCalledWith('/p/harbour/claims/traces'));
    const [path, init] = post.mock.calls[0]!;
    expect(path).toBe('/signin/password');
    expect(init.headers).toMatchObject({ 'x-plumbline-csrf': '1', 'content-type': 'application/json' });
    expect(sent()).toEqual({ email: 'maya@harbour.example', password: 'a long sentence' });
  });

  it('says why it was refused and keeps what was typed', async () => {
    post.mockImplementation(
      () =>
        new Response(JSON.stringify({ error: { code: 'UNAUTHENTICATED', message: 'E-mail or password is wrong.' } }), {
          status: 401,
        }),
    );
    mountAt('/signin');
    await userEvent.type(await screen.findByLabelText('E-mail'), 'maya@harbour.example');
    await userEvent.type(screen.getByLabelText('Password'), 'wrong{Enter}');
    expect(await screen.findByRole('alert')).toHaveTextContent('E-mail or password is wrong.');
    expect(screen.getByLabelText('E-mail')).toHaveValue('maya@harbour.example');
    expect(assign).not.toHaveBeenCalled();
  });

  it('points to the first link where nobody has set the server up', async () => {
    state = { signedIn: false, setupNeeded: true };
    mountAt('/signin');
    expect(await screen.findByRole('note')).toHaveTextContent('Open the link that it printed');
  });

  it.each([
    [undefined, '/'],
    ['/p/a/b', '/p/a/b'],
    ['//evil.example', '/'],
    ['https://evil.example', '/'],
    ['/\\evil.example', '/'],
    ['\\\\evil.example', '/'],
    ['/\n/evil.example', '/'],
    ['/\r\t/evil.example', '/'],
    ['/\t/evil.example', '/'],
    ['\t//evil.example', '/'],
    ['/.//evil.example', '/'],
    ['/p/..//evil.example', '/'],
    ['javascript:alert(1)', '/'],
    ['java\nscript:alert(1)', '/'],
    ['data:text/html,x', '/'],
    ['http://plumbline.test@evil.example/', '/'],
    ['http://[', '/'],
    ['/p/a/b?status=error#span-1', '/p/a/b?status=error#span-1'],
    ['http://plumbline.test/join/token', '/join/token'],
  ])('goes on to %s as %s', (next, path) => expect(safeNext(next)).toBe(path));
});

it('makes the first owner behind the printed link', async () => {
  mountAt('/signin/link/token-1');
  await userEvent.type(await screen.findByLabelText('Your name'), 'Ellen Park');
  await userEvent.type(screen.getByLabelText('E-mail'), 'ellen@harbour.example');
  await userEvent.type(screen.getByLabelText('Password'), 'a long sentence');
  await userEvent.type(screen.getByLabelText('Organization'), 'Harbour Mutual');
  await userEvent.click(screen.getByRole('button', { name: 'Create the organization' }));
  await waitFor(() => expect(assign).toHaveBeenCalledWith('/'));
  expect(post.mock.calls[0]![0]).toBe('/signin/link');
  expect(sent()).toEqual({
    token: 'token-1',
    name: 'Ellen Park',
    email: 'ellen@harbour.example',
    password: 'a long sentence',
    organization: 'Harbour Mutual',
  });
});

describe('an invitation', () => {
  const maya = { __typename: 'User', id: 'usr_1', name: 'Maya Lindqvist', email: 'maya@harbour.example' };

  it('asks nobody for an address: it is for one', async () => {
    mountAt('/join/token-2');
    expect(await screen.findByLabelText('Your name')).toBeInTheDocument();
    expect(screen.queryByLabelText('E-mail')).toBeNull();
  });

  it('for another address can only be asked for', async () => {
    state = { signedIn: true };
    const { sent: operations } = mountAt('/join/token-4', {
      WhoJoins: () => ({ data: { viewer: { __typename: 'Viewer', user: maya } } }),
      AcceptInvitation: () => ({
        errors: [{ message: 'This invitation is for another address.', extensions: { code: 'FORBIDDEN' } }],
      }),
      RequestToJoin: () => ({
        data: { requestToJoin: { __typename: 'RequestToJoinPayload', requestedAt: '2026-11-21T00:00:00Z' } },
      }),
    });
    expect(await screen.findByText(/maya@harbour.example/)).toBeInTheDocument();
    await userEvent.click(screen.getByRole('button', { name: 'Join the organization' }));
    await userEvent.click(await screen.findByRole('button', { name: 'Ask to be let in' }));
    expect(await screen.findByText(/You have asked/)).toBeInTheDocument();
    expect(operations('RequestToJoin').map((o) => o.variables)).toEqual([{ input: { token: 'token-4' } }]);
    expect(assign).not.toHaveBeenCalled();
  });

  it('makes an account for somebody new', async () => {
    mountAt('/join/token-2');
    await userEvent.type(await screen.findByLabelText('Your name'), 'Maya Lindqvist');
    await userEvent.type(screen.getByLabelText('Password'), 'a long sentence{Enter}');
    await waitFor(() => expect(assign).toHaveBeenCalledWith('/'));
    expect(post.mock.calls[0]![0]).toBe('/signin/join');
    expect(sent()).toEqual({ token: 'token-2', name: 'Maya Lindqvist', password: 'a long sentence' });
  });

  it('is accepted by somebody who is signed in', async () => {
    state = { signedIn: true };
    const { sent: operations } = mountAt('/join/token-3', {
      WhoJoins: () => ({
        data: { viewer: { __typename: 'Viewer', user: maya } },
      }),
      AcceptInvitation: () => ({
        data: {
          acceptInvitation: {
            __typename: 'OrganizationPayload',
            organization: { __typename: 'Organization', id: 'org_1', name: 'Harbour' },
          },
        },
      }),
    });
    await userEvent.click(await screen.findByRole('button', { name: 'Join the organization' }));
    await waitFor(() => expect(assign).toHaveBeenCalledWith('/'));
    expect(operations('AcceptInvitation')[0]!.variables).toEqual({ input: { token: 'token-3' } });
  });
});
