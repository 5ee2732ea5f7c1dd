import { configure, screen, waitFor, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { expect, test, vi } from 'vitest';
import { type Answers, mountAt } from '@/test/mount';

// jsdom lays nothing out; the virtual list asks for the size of its scroller.
Object.defineProperty(HTMLElement.prototype, 'clientHeight', { configurable: true, get: () => 800 });
configure({ asyncUtilTimeout: 5000 });
vi.setConfig({ testTimeout: 20_000 });

const row = (n: number, over: object = {}) => ({
  __typename: 'DatasetItem',
  id: `i${n}`,
  inputs: { message: `Question ${n}`, amount: n },
  output: null,
  expected: `Answer ${n}`,
  label: n % 2 ? 'PASS' : 'FAIL',
  reasoning: null,
  split: 'train',
  metadata: {},
  createdAt: '2026-01-01T00:00:00Z',
  lineage: null,
  ...over,
});
const project = (more: object) => ({ data: { project: { __typename: 'Project', id: 'prj_1', ...more } } });
const dataset = {
  __typename: 'Dataset',
  id: 'ds_1',
  name: 'claim-replies',
  description: null,
  itemCount: 3,
  versions: [],
};
const rows = [
  row(1),
  row(2),
  row(3, {
    lineage: {
      __typename: 'Lineage',
      traceId: 't3',
      spanId: 's',
      promptName: 'claim-reply',
      promptVersion: 6,
      reviewIds: ['a', 'b'],
    },
  }),
];
const page = (nodes: object[], total = nodes.length, next: string | null = null) =>
  project({
    dataset: {
      __typename: 'Dataset',
      id: 'ds_1',
      items: {
        __typename: 'DatasetItemConnection',
        nodes,
        totalCount: total,
        pageInfo: { __typename: 'PageInfo', hasNextPage: next !== null, endCursor: next },
      },
    },
  });
const updated = (v: { input: { id: string } }) => ({
  data: {
    updateDatasetItem: {
      __typename: 'DatasetItemPayload',
      item: { ...rows.find((r) => r.id === v.input.id), ...v.input },
    },
  },
});
const answers: Answers = {
  DatasetPage: () => project({ dataset }),
  DatasetItems: () => page(rows),
  UpdateDatasetItem: updated,
};
const open = async (over: Answers = {}) => {
  const view = mountAt('/p/harbour/claims/datasets/ds_1', { ...answers, ...over });
  const grid = await screen.findByRole('grid', { name: 'Items' });
  return { ...view, grid };
};
const inputs = (operations: { variables: unknown }[]) =>
  operations.map((o) => (o.variables as { input: object }).input);

test('inputs become columns, lineage leads to trace and version', async () => {
  const { grid } = await open();
  expect(
    within(grid)
      .getAllByRole('columnheader')
      .map((h) => h.textContent?.trim()),
  ).toEqual(['', 'message input', 'amount input', 'Expected answer', 'Label', 'Split', 'From']);
  expect(screen.getByTitle('Open the trace')).toHaveAttribute('href', '/p/harbour/claims/traces/t3?span=s');
  expect(screen.getByTitle('Open claim-reply')).toHaveAttribute(
    'href',
    '/p/harbour/claims/prompts/claim-reply?version=6',
  );
});

test('arrows and ↵ edit in place, Tab saves and goes on, Ctrl Z takes it back', async () => {
  const { grid, sent } = await open();
  grid.focus();
  await userEvent.keyboard('{ArrowDown}{ArrowRight}{Enter}');
  const field = screen.getByLabelText('amount');
  expect(field).toHaveFocus();
  await userEvent.clear(field);
  await userEvent.keyboard('0{Tab}');
  await waitFor(() =>
    expect(inputs(sent('UpdateDatasetItem'))).toEqual([{ id: 'i2', inputs: { message: 'Question 2', amount: 0 } }]),
  );
  expect(await screen.findByText(/Saved just now/)).toBeInTheDocument();
  expect(grid).toHaveFocus();
  await userEvent.keyboard('{Control>}z{/Control}');
  await waitFor(() =>
    expect(inputs(sent('UpdateDatasetItem'))[1]).toEqual({ id: 'i2', inputs: { message: 'Question 2', amount: 2 } }),
  );
});

test('Esc leaves a cell as it was', async () => {
  const { grid, sent } = await open();
  grid.focus();
  await userEvent.keyboard('{Enter}');
  await userEvent.keyboard('never mind{Escape}');
  expect(screen.queryByLabelText('message')).toBeNull();
  expect(sent('UpdateDatasetItem')).toHaveLength(0);
});

test('an edit the server refuses is put back and said', async () => {
  const { grid } = await open({
    UpdateDatasetItem: () => ({
      errors: [{ message: 'The text is too long.', extensions: { code: 'BAD_USER_INPUT' } }],
    }),
  });
  grid.focus();
  await userEvent.keyboard('{Enter}');
  await userEvent.keyboard(' changed{Enter}');
  expect(await screen.findByText(/1 change was not saved. The text is too long./)).toBeInTheDocument();
  expect(within(grid).getByText('Question 1')).toBeInTheDocument();
});

test('removed items wait and can be brought back', async () => {
  const { grid, sent } = await open();
  grid.focus();
  await userEvent.keyboard(' ');
  await userEvent.click(await screen.findByRole('button', { name: /Remove/ }));
  expect(within(grid).queryByText('Question 1')).toBeNull();
  expect(sent('RemoveDatasetItems')).toHaveLength(0);
  await userEvent.click(screen.getByRole('button', { name: 'Bring back' }));
  expect(await within(grid).findByText('Question 1')).toBeInTheDocument();
});

test('leaving the page settles a removal', async () => {
  const { grid, sent, unmount } = await open({
    RemoveDatasetItems: () => ({ data: { removeDatasetItems: { __typename: 'DatasetPayload', dataset } } }),
  });
  grid.focus();
  await userEvent.keyboard(' ');
  await userEvent.click(await screen.findByRole('button', { name: /Remove/ }));
  unmount();
  await waitFor(() => expect(inputs(sent('RemoveDatasetItems'))).toEqual([{ datasetId: 'ds_1', itemIds: ['i1'] }]));
});

test('a removal that went through is counted once, and a snapshot still shows the item', async () => {
  vi.useFakeTimers({ shouldAdvanceTime: true });
  try {
    let count = 3;
    const snapshot = {
      __typename: 'DatasetVersion',
      number: 1,
      itemCount: 3,
      contentHash: 'sha256:abc',
      note: null,
      createdAt: '2026-01-01T00:00:00Z',
      createdBy: { __typename: 'User', id: 'u', name: 'Priya Nair' },
    };
    const { grid } = await open({
      DatasetPage: () => project({ dataset: { ...dataset, itemCount: count, versions: [snapshot] } }),
      RemoveDatasetItems: () => {
        count = 2;
        return {
          data: { removeDatasetItems: { __typename: 'DatasetPayload', dataset: { ...dataset, itemCount: 2 } } },
        };
      },
    });
    grid.focus();
    await userEvent.setup({ advanceTimers: vi.advanceTimersByTime }).keyboard(' ');
    await userEvent.click(await screen.findByRole('button', { name: /Remove/ }));
    await vi.advanceTimersByTimeAsync(10_500);
    await waitFor(() => expect(screen.getByText('2 items')).toBeInTheDocument());
    expect(within(screen.getByRole('complementary', { name: 'Snapshots' })).getByText('−1')).toBeInTheDocument();
    expect(within(grid).queryByText('Question 1')).toBeNull();
    await userEvent.click(screen.getByRole('button', { name: /Look/ }));
    expect(await screen.findByText('Question 1')).toBeInTheDocument();
  } finally {
    vi.useRealTimers();
  }
});

test('a thousand items stay out of the page until they are in view', async () => {
  const many = Array.from({ length: 1000 }, (_, i) => row(i));
  const { grid } = await open({ DatasetItems: () => page(many) });
  const shown = within(grid).getAllByRole('row').length;
  expect(shown).toBeGreaterThan(10);
  expect(shown).toBeLessThan(60);
  expect(grid).toHaveAttribute('aria-rowcount', '1001');
});

test('a search loads what is missing before it says that nothing matches', async () => {
  const more: Answers = {
    DatasetItems: (v: { after: string | null }) => (v.after ? page([row(9)], 4) : page(rows, 4, 'c1')),
  };
  const { sent } = await open(more);
  await userEvent.type(screen.getByLabelText('Search items'), 'Question 9');
  expect(await screen.findByText('Question 9')).toBeInTheDocument();
  expect(sent('DatasetItems').map((o) => (o.variables as { after: unknown }).after)).toEqual([null, 'c1']);
});

test('an import says in numbers what it will do, then does just that', async () => {
  const { sent } = await open({
    AddDatasetItems: () => ({
      data: { addToDataset: { __typename: 'AddToDatasetPayload', added: 1, duplicates: 0, dataset } },
    }),
  });
  await userEvent.click(screen.getByRole('button', { name: 'Import' }));
  const dialog = await screen.findByRole('dialog');
  const file = new File(['message,good_answer\nQuestion 1,Answer 1\nNew one,Do this\nbroken'], 'old.csv', {
    type: 'text/csv',
  });
  await userEvent.upload(dialog.querySelector<HTMLInputElement>('input[type=file]')!, file);
  expect(await screen.findByText('Import old.csv')).toBeInTheDocument();
  const figure = (term: string) => screen.getByText(term).nextElementSibling?.textContent;
  expect([figure('Rows'), figure('New'), figure('Cannot be read')]).toEqual(['3', '2', '1']);
  expect(sent('AddDatasetItems')).toHaveLength(0);
  await userEvent.click(screen.getByRole('button', { name: 'Import 2 items' }));
  await waitFor(() => expect(sent('AddDatasetItems')).toHaveLength(1));
  const { items } = (sent('AddDatasetItems')[0]!.variables as { input: { items: object[] } }).input;
  expect(items[1]).toMatchObject({ inputs: { message: 'New one' }, expected: 'Do this', split: 'train' });
});
