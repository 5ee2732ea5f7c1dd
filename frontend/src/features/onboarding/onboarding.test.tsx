import { screen, waitFor } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { describe, expect, it } from 'vitest';
import { makeSubject } from 'wonka';
import { type Answer, type Answers, mountAt } from '@/test/mount';

const path = '/p/harbour/claims/welcome';
const first = (nodes: object[]) => () => ({
  data: { project: { __typename: 'Project', id: 'prj_1', traces: { __typename: 'TraceConnection', nodes } } },
});
const mount = (answers: Answers = {}) =>
  mountAt(path, { FirstTraces: first([]), FirstTraceArrived: () => makeSubject<Answer>().source, ...answers });

describe('the first trace', () => {
  it('is waited for and turns green by itself', async () => {
    const { source, next } = makeSubject<Answer>();
    mount({ FirstTraceArrived: () => source });
    expect(await screen.findByText('Waiting for your first trace…')).toBeInTheDocument();
    next({ data: { traceUpdated: { __typename: 'Trace', id: 'trace_9', traceId: 'b9', name: 'answer-customer' } } });
    expect(await screen.findByText('Your first trace is here')).toBeInTheDocument();
    expect(screen.getByRole('link', { name: 'Open it' })).toHaveAttribute('href', '/p/harbour/claims/traces/b9');
  });

  it('is there already when somebody comes back', async () => {
    mount({ FirstTraces: first([{ __typename: 'Trace', id: 'trace_1', name: 'claim-reply' }]) });
    expect(await screen.findByText('Your first trace is here')).toBeInTheDocument();
  });

  it('waits on when the server cannot tell yet', async () => {
    mount({
      FirstTraces: () => ({
        data: { project: null },
        errors: [{ message: 'later', extensions: { code: 'NOT_IMPLEMENTED' } }],
      }),
    });
    expect(await screen.findByText('Waiting for your first trace…')).toBeInTheDocument();
  });
});

it('makes a key, shows it once and fills it in', async () => {
  const { sent } = mount({
    CreateFirstKey: () => ({
      data: {
        createApiKey: {
          __typename: 'CreatedApiKeyPayload',
          secret: 'pl_secret42',
          apiKey: { __typename: 'ApiKey', id: 'key_1', name: 'First key', prefix: 'pl_secret4' },
        },
      },
    }),
  });
  await userEvent.click(await screen.findByRole('button', { name: 'Create a key' }));
  expect(await screen.findByRole('region', { name: 'key' })).toHaveTextContent('pl_secret42');
  expect(screen.getByRole('region', { name: 'environment' })).toHaveTextContent('Bearer%20pl_secret42');
  expect(screen.queryByRole('button', { name: 'Create a key' })).toBeNull();
  expect(sent('CreateFirstKey')[0]!.variables).toEqual({
    input: { projectId: 'prj_1', name: 'First key', scopes: ['INGEST'] },
  });
});

it('creates a project and leads to its first trace', async () => {
  const { router, sent } = mountAt('/new', {
    CreateProject: () => ({
      data: {
        createProject: {
          __typename: 'ProjectPayload',
          project: {
            __typename: 'Project',
            id: 'prj_2',
            slug: 'phone',
            name: 'Phone',
            organization: { __typename: 'Organization', id: 'org_1', slug: 'harbour', projects: [] },
          },
        },
      },
    }),
  });
  await userEvent.type(await screen.findByLabelText('Project name'), 'Phone{Enter}');
  await waitFor(() => expect(router.state.location.pathname).toBe('/p/harbour/phone/welcome'));
  expect(sent('CreateProject')[0]!.variables).toEqual({ input: { organizationId: 'org_1', name: 'Phone' } });
});

describe('the sample project', () => {
  it('is loaded into this project and shown', async () => {
    const { router, sent } = mount({
      LoadSampleProject: () => ({
        data: { loadSampleProject: { __typename: 'ProjectPayload', project: { __typename: 'Project', id: 'prj_1' } } },
      }),
    });
    await userEvent.click(await screen.findByRole('button', { name: 'Load sample project' }));
    await waitFor(() => expect(router.state.location.pathname).toBe('/p/harbour/claims/traces'));
    expect(sent('LoadSampleProject')[0]!.variables).toEqual({ input: { id: 'prj_1' } });
  });

  it('says why it was refused', async () => {
    mount({
      LoadSampleProject: () => ({
        errors: [{ message: 'The sample is here already.', extensions: { code: 'CONFLICT' } }],
      }),
    });
    await userEvent.click(await screen.findByRole('button', { name: 'Load sample project' }));
    expect(await screen.findByText('The sample is here already.')).toBeInTheDocument();
  });
});
