import {
  Client,
  type Exchange,
  gql,
  makeErrorResult,
  makeResult,
  type Operation,
  type OperationResult,
} from '@urql/core';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { filter, map, pipe } from 'wonka';
import { AnswerLost } from './errors';
import { requestIds } from './requestIds';

const create = gql`
  mutation ($input: CreateDatasetInput!) {
    createDataset(input: $input) {
      dataset {
        id
      }
    }
  }
`;
const update = gql`
  mutation ($input: UpdateCommentInput!) {
    updateComment(input: $input) {
      comment {
        id
      }
    }
  }
`;
const read = gql`
  {
    viewer {
      user {
        id
      }
    }
  }
`;

type Answer = (operation: Operation) => OperationResult;
const done: Answer = (o) => makeResult(o, { data: { createDataset: { dataset: { id: 'ds_1' } } } } as never);
const failed =
  (code: string): Answer =>
  (o) =>
    makeResult(o, { errors: [{ message: code, extensions: { code } }] } as never);
const offline: Answer = (o) => makeErrorResult(o, new Error('Failed to fetch'));

let answers: Answer[] = [];
let sent: Operation[] = [];
let client: Client;

const network: Exchange = () => (operations) =>
  pipe(
    operations,
    filter((operation) => operation.kind !== 'teardown'),
    map((operation) => {
      sent.push(operation);
      return (answers.shift() ?? done)(operation);
    }),
  );

const names = () => sent.map((o) => (o.variables as { input: { requestId?: string } }).input.requestId);
const press = (name = 'A') => client.mutation(create, { input: { projectId: 'prj_1', name } });

describe('requestIds', () => {
  beforeEach(() => {
    [answers, sent] = [[], []];
    client = new Client({ url: 'http://plumbline.test/', preferGetMethod: false, exchanges: [requestIds, network] });
  });
  afterEach(() => vi.useRealTimers());

  it('names a mutation that makes something, and no other', async () => {
    await press();
    await client.mutation(update, { input: { id: 'cmt_1', body: 'x' } });
    expect(names()[0]).toMatch(/^[0-9a-f]{32}$/);
    expect(names()[1]).toBeUndefined();
  });

  it('leaves a name that the caller gave', async () => {
    await client.mutation(create, { input: { projectId: 'prj_1', name: 'A', requestId: 'mine' } });
    expect(names()).toEqual(['mine']);
  });

  it.each([
    ['the network failed', offline],
    ['the outcome is unknown', failed('OUTCOME_UNKNOWN')],
    ['the server was not available', failed('UNAVAILABLE')],
  ])('keeps the name when %s, until there is an answer', async (_, answer) => {
    answers = [answer, answer];
    await press();
    await press();
    const { data } = await press();
    await press();
    expect(data).toBeDefined();
    expect(new Set(names().slice(0, 3)).size).toBe(1);
    expect(names()[3]).not.toBe(names()[0]);
  });

  it('takes a new name after a refusal and for another input', async () => {
    answers = [failed('CONFLICT'), offline];
    await press();
    await press();
    await press('B');
    expect(new Set(names()).size).toBe(3);
    await press();
    expect(names()[3]).toBe(names()[1]);
  });

  it('takes two names for the same input sent twice at once', async () => {
    answers = [offline, offline];
    await Promise.all([press(), press()]);
    await Promise.all([press(), press()]);
    expect(new Set(names()).size).toBe(2);
  });

  it('takes a new name when the first try is long ago', async () => {
    vi.useFakeTimers();
    answers = [offline];
    await press();
    vi.advanceTimersByTime(10 * 60_000 + 1);
    await press();
    expect(names()[1]).not.toBe(names()[0]);
  });

  it('tells a lost answer to any mutation from a server that could not be asked', async () => {
    answers = [offline, offline];
    expect((await press()).error?.networkError).toBeInstanceOf(AnswerLost);
    expect((await client.query(read, {})).error?.networkError).not.toBeInstanceOf(AnswerLost);
  });
});
