import { screen, waitFor } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { beforeEach, describe, expect, it } from 'vitest';
import { never } from 'wonka';
import { mountAt } from '@/test/mount';
import { aroundTraces, tracePage, traceRow } from '@/test/traces';

const answers = { ...aroundTraces, TraceList: () => tracePage([traceRow('a')]), TraceArrived: () => never };
const path = '/p/harbour/claims/traces';
beforeEach(() => localStorage.clear());

describe('the shell', () => {
  it('opens the project of last time', async () => {
    const { router } = mountAt('/', answers);
    await screen.findByRole('grid');
    expect(router.state.location.pathname).toBe(path);
    expect(document.title).toBe('Traces · Plumbline');
  });

  it('jumps by name from anywhere, also while typing', async () => {
    const { router } = mountAt(path, {
      ...answers,
      ProjectKeys: () => ({ data: { project: { __typename: 'Project', id: 'prj_1', apiKeys: [] } } }),
    });
    await screen.findByRole('grid');
    await userEvent.click(screen.getByLabelText('Search input, output, name or id'));
    await userEvent.keyboard('{Control>}k{/Control}');
    await userEvent.type(await screen.findByRole('combobox', { name: 'Search or jump to' }), 'api keys{Enter}');
    await waitFor(() => expect(router.state.location.pathname).toBe('/p/harbour/claims/settings/keys'));
  });

  it('searches the traces for whatever is no page', async () => {
    const { router } = mountAt(path, answers);
    await screen.findByRole('grid');
    await userEvent.keyboard('{Control>}k{/Control}');
    await userEvent.type(await screen.findByRole('combobox', { name: 'Search or jump to' }), 'burst pipe{Enter}');
    await waitFor(() => expect(router.state.location.search).toEqual({ q: 'burst pipe' }));
  });

  it('goes by G and a letter, and lists the keys of the page', async () => {
    const { router } = mountAt(path, answers);
    await screen.findByRole('grid');
    await userEvent.keyboard('?');
    expect(await screen.findByRole('dialog', { name: 'Keys on this page' })).toHaveTextContent('Next trace');
    await userEvent.keyboard('{Escape}');
    await waitFor(() => expect(screen.queryByRole('dialog')).toBeNull());
    await userEvent.keyboard('gd');
    await waitFor(() => expect(router.state.location.pathname).toBe('/p/harbour/claims/datasets'));
  });
});

it('shows no navigation and no project name to people who only review', async () => {
  const { router } = mountAt(path, {
    ProjectPermissions: () => ({ data: { viewer: { __typename: 'Viewer', permissions: ['REVIEW'] } } }),
  });
  await waitFor(() => expect(router.state.location.pathname).toBe('/reviews'));
  expect(screen.queryByRole('navigation', { name: 'Primary' })).toBeNull();
  expect(screen.queryByText('Claims assistant')).toBeNull();
});

it('says so when the project does not exist or belongs to others', async () => {
  mountAt('/p/harbour/other/traces');
  expect(await screen.findByText('No such project')).toBeInTheDocument();
});

it('says so when the server cannot be reached', async () => {
  mountAt(path, { Viewer: () => ({ errors: [{ message: 'boom', extensions: { code: 'INTERNAL' } }] }) });
  expect(await screen.findByText('Plumbline did not open')).toBeInTheDocument();
});
