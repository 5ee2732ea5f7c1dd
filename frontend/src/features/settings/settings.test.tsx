import { screen, waitFor, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { describe, expect, it } from 'vitest';
import { mountAt } from '@/test/mount';

const path = (page: string) => `/p/harbour/claims/settings/${page}`;
const key = (more: Record<string, unknown> = {}) => ({
  __typename: 'ApiKey',
  id: 'key_1',
  name: 'claims-api',
  prefix: 'pl_7Qm4xK2v',
  scopes: ['INGEST'],
  environment: null,
  createdAt: '2026-10-14T09:00:00Z',
  expiresAt: null,
  lastUsedAt: null,
  lastUseHidden: false,
  revokedAt: null,
  makerHasLeft: false,
  createdBy: { __typename: 'User', id: 'usr_1', name: 'Maya Lindqvist' },
  actsFor: { __typename: 'User', id: 'usr_1', name: 'Maya Lindqvist' },
  ...more,
});
const keys = (list: object[]) => ({ data: { project: { __typename: 'Project', id: 'prj_1', apiKeys: list } } });

describe('keys', () => {
  it('are made with what was chosen; the secret is shown once', async () => {
    const { sent } = mountAt(path('keys'), {
      ProjectKeys: () => keys([]),
      CreateApiKey: () => ({
        data: {
          createApiKey: {
            __typename: 'CreatedApiKeyPayload',
            secret: 'pl_once',
            apiKey: { __typename: 'ApiKey', id: 'key_2', name: 'script' },
          },
        },
      }),
    });
    await userEvent.click(await screen.findByRole('button', { name: 'New key' }));
    await userEvent.type(await screen.findByLabelText('Name'), 'script');
    await userEvent.click(screen.getByRole('checkbox', { name: /^Read/ }));
    await userEvent.click(screen.getByRole('button', { name: 'Create the key' }));
    expect(await screen.findByRole('region', { name: 'key' })).toHaveTextContent('pl_once');
    expect(sent('CreateApiKey')[0]!.variables).toEqual({
      input: { projectId: 'prj_1', name: 'script', scopes: ['INGEST', 'READ'] },
    });
    await userEvent.click(screen.getByRole('button', { name: 'I have copied it' }));
    await waitFor(() => expect(screen.queryByText('pl_once')).toBeNull());
  });

  it('are revoked after a question that repeats the verb and the count', async () => {
    let revoked = false;
    const { sent } = mountAt(path('keys'), {
      ProjectKeys: () => keys([key({ revokedAt: revoked ? '2026-11-21T12:00:00Z' : null })]),
      RevokeApiKey: () => {
        revoked = true;
        return {
          data: {
            revokeApiKey: {
              __typename: 'ApiKeyPayload',
              apiKey: { __typename: 'ApiKey', id: 'key_1', revokedAt: '2026-11-21T12:00:00Z' },
            },
          },
        };
      },
    });
    await userEvent.click(await screen.findByRole('button', { name: 'Revoke claims-api' }));
    await userEvent.click(await screen.findByRole('button', { name: 'Revoke 1 key' }));
    expect(await screen.findByText('revoked')).toBeInTheDocument();
    expect(sent('RevokeApiKey')[0]!.variables).toEqual({ input: { id: 'key_1' } });
  });

  it('say who made them, for whom they act, and who has left', async () => {
    mountAt(path('keys'), {
      ProjectKeys: () =>
        keys([
          key(),
          key({
            id: 'key_2',
            name: 'nightly',
            makerHasLeft: true,
            createdBy: { __typename: 'User', id: 'usr_9', name: 'Gone Person' },
          }),
          key({ id: 'key_3', name: 'Initial key', createdBy: null, actsFor: null }),
        ]),
    });
    const row = async (name: string) => (await screen.findByText(name)).closest('tr')!;
    expect(await row('nightly')).toHaveTextContent(/Gone Person has left\s*acts for Maya Lindqvist/);
    expect(await row('claims-api')).toHaveTextContent('Maya Lindqvist');
    expect(await row('claims-api')).not.toHaveTextContent(/acts for|has left/);
    expect(await row('Initial key')).toHaveTextContent('the installation');
  });

  it('do not say "never" of a last use that is not told', async () => {
    mountAt(path('keys'), {
      ProjectKeys: () => keys([key(), key({ id: 'key_2', name: 'nightly', lastUseHidden: true })]),
    });
    const row = async (name: string) => (await screen.findByText(name)).closest('tr')!;
    expect(await row('nightly')).toHaveTextContent('hidden while you review');
    expect(await row('claims-api')).not.toHaveTextContent('hidden');
  });

  it('say who can grant them to people who may not manage them', async () => {
    mountAt(path('keys'), {
      ProjectPermissions: () => ({ data: { viewer: { __typename: 'Viewer', permissions: ['READ_TRACES'] } } }),
    });
    expect(await screen.findByText('You may not manage keys')).toBeInTheDocument();
  });
});

it('says that what a provider has spent is hidden, and what it may spend', async () => {
  const provider = (name: string, spentThisMonthUsd: string | null) => ({
    __typename: 'ModelProvider',
    id: `mp_${name}`,
    name,
    kind: 'OPENAI',
    baseUrl: 'https://api.openai.com/v1',
    models: [],
    secretHint: null,
    monthlyBudgetUsd: '20',
    spentThisMonthUsd,
  });
  mountAt(path('providers'), {
    ProjectProviders: () => ({
      data: {
        project: { __typename: 'Project', id: 'prj_1', providers: [provider('Ours', null), provider('Theirs', '0')] },
      },
    }),
  });
  const row = async (name: string) => (await screen.findByText(name)).closest('tr')!;
  expect(await row('Ours')).toHaveTextContent(/hidden while you review of \$20/);
  expect(await row('Theirs')).not.toHaveTextContent('hidden');
});

it('says that providers are not served instead of an empty list', async () => {
  mountAt(path('providers'), {
    ProjectProviders: () => ({
      data: { project: null },
      errors: [{ message: 'later', extensions: { code: 'NOT_IMPLEMENTED' } }],
    }),
  });
  expect(await screen.findByText('This server does not offer this yet.')).toBeInTheDocument();
  expect(screen.queryByText('No provider yet')).toBeNull();
});

it('saves what is kept and what is taken out', async () => {
  const { sent } = mountAt(path('project'), {
    ProjectSettingsPage: () => ({
      data: {
        project: {
          __typename: 'Project',
          id: 'prj_1',
          settings: {
            __typename: 'ProjectSettings',
            retentionDays: 90,
            sampleRate: 1,
            redaction: [{ __typename: 'RedactionRule', name: 'Mail', kind: 'EMAIL', pattern: null, action: 'MASK' }],
          },
        },
      },
    }),
    UpdateProjectSettings: () => ({
      data: {
        updateProjectSettings: {
          __typename: 'ProjectPayload',
          project: {
            __typename: 'Project',
            id: 'prj_1',
            settings: { __typename: 'ProjectSettings', retentionDays: null, sampleRate: 0.5 },
          },
        },
      },
    }),
  });
  await userEvent.clear(await screen.findByLabelText('Days traces are kept'));
  const share = screen.getByLabelText('Share of healthy traces, in per cent');
  await userEvent.clear(share);
  await userEvent.type(share, '50');
  await userEvent.click(screen.getByRole('button', { name: 'Save' }));
  expect(await screen.findByText('Saved just now')).toBeInTheDocument();
  expect(sent('UpdateProjectSettings')[0]!.variables).toEqual({
    input: {
      projectId: 'prj_1',
      retentionDays: null,
      sampleRate: 0.5,
      redaction: [{ name: 'Mail', kind: 'EMAIL', action: 'MASK' }],
    },
  });
});

describe('erasing data', () => {
  const settings = () => ({
    data: {
      project: {
        __typename: 'Project',
        id: 'prj_1',
        settings: { __typename: 'ProjectSettings', retentionDays: null, sampleRate: 1, redaction: [] },
      },
    },
  });
  const found = (totalCount: number) => () => ({
    data: {
      project: { __typename: 'Project', id: 'prj_1', traces: { __typename: 'TraceConnection', totalCount } },
    },
  });
  const erased = () => ({
    data: { eraseData: { __typename: 'EraseDataPayload', erasedSpans: 51, unreadableBlocks: 0 } },
  });

  it('counts what a user left behind, asks with the count, and says what went', async () => {
    const { sent } = mountAt(path('project'), {
      ProjectSettingsPage: settings,
      TracesToErase: found(12),
      EraseData: erased,
    });
    expect(await screen.findByRole('button', { name: 'Erase…' })).toBeDisabled();
    await userEvent.type(screen.getByLabelText('User id'), ' customer-9 ');
    await userEvent.click(screen.getByRole('button', { name: 'Erase…' }));
    await userEvent.click(await screen.findByRole('button', { name: 'Erase 12 traces' }));
    expect(await screen.findByText('51 spans erased')).toBeInTheDocument();
    expect(sent('TracesToErase')[0]!.variables).toMatchObject({ where: { userId: { eq: 'customer-9' } } });
    expect(sent('EraseData').map((o) => o.variables)).toEqual([
      { input: { projectId: 'prj_1', userId: 'customer-9' } },
    ]);
    expect(screen.getByLabelText('User id')).toHaveValue('');
  });

  it('says when damaged blocks may hold more', async () => {
    mountAt(path('project'), {
      ProjectSettingsPage: settings,
      TracesToErase: found(0),
      EraseData: () => ({
        data: { eraseData: { __typename: 'EraseDataPayload', erasedSpans: 0, unreadableBlocks: 2 } },
      }),
    });
    await userEvent.type(await screen.findByLabelText('User id'), 'customer-9');
    await userEvent.click(screen.getByRole('button', { name: 'Erase…' }));
    await userEvent.click(await screen.findByRole('button', { name: 'Erase 0 traces' }));
    expect(await screen.findByText(/0 spans erased. 2 damaged blocks could not be read/)).toBeInTheDocument();
  });

  it('takes one trace by its id and refuses what is none', async () => {
    const { sent } = mountAt(path('project'), { ProjectSettingsPage: settings, EraseData: erased });
    await userEvent.click(await screen.findByRole('radio', { name: 'One trace' }));
    await userEvent.type(screen.getByLabelText('Trace id'), 'abc');
    await userEvent.click(screen.getByRole('button', { name: 'Erase…' }));
    expect(await screen.findByText(/32 characters from/)).toBeInTheDocument();
    await userEvent.clear(screen.getByLabelText('Trace id'));
    await userEvent.type(screen.getByLabelText('Trace id'), 'b'.repeat(32));
    await userEvent.click(screen.getByRole('button', { name: 'Erase…' }));
    await userEvent.click(await screen.findByRole('button', { name: 'Erase 1 trace' }));
    await waitFor(() =>
      expect(sent('EraseData').map((o) => o.variables)).toEqual([
        { input: { projectId: 'prj_1', traceId: 'b'.repeat(32) } },
      ]),
    );
  });

  it('is not offered to people who may not manage the project', async () => {
    mountAt(path('project'), {
      ProjectSettingsPage: settings,
      ProjectPermissions: () => ({ data: { viewer: { __typename: 'Viewer', permissions: ['READ_TRACES'] } } }),
    });
    expect(await screen.findByText('What is kept')).toBeInTheDocument();
    expect(screen.queryByText('Erase data')).toBeNull();
  });
});

describe('prices', () => {
  const price = (model: string, source: string, more: Record<string, unknown> = {}) => ({
    __typename: 'ModelPrice',
    model,
    provider: 'openai',
    inputUsdPerMillion: '2.5',
    outputUsdPerMillion: '10',
    cachedInputUsdPerMillion: null,
    reasoningUsdPerMillion: null,
    validFrom: '2026-01-01T00:00:00Z',
    source,
    ...more,
  });
  const prices = (list: object[]) => () => ({
    data: { organization: { __typename: 'Organization', id: 'org_1', modelPrices: list } },
  });

  it('stand with the own ones first, and are found by name', async () => {
    mountAt(path('prices'), {
      ModelPrices: prices([
        price('gpt-4o', 'BUILT_IN', { cachedInputUsdPerMillion: '1.250' }),
        price('o3', 'BUILT_IN'),
        price('house-model', 'ORGANIZATION', { provider: null, inputUsdPerMillion: '0.075' }),
      ]),
    });
    const rows = within(await screen.findByRole('table'))
      .getAllByRole('row')
      .slice(1);
    expect(
      rows.map((row) =>
        within(row)
          .getAllByRole('cell')
          .slice(0, 6)
          .map((cell) => cell.textContent),
      ),
    ).toEqual([
      ['house-model yours', 'any', '$0.075', '$10.00', 'as input', 'as output'],
      ['gpt-4o ', 'openai', '$2.50', '$10.00', '$1.25', 'as output'],
      ['o3 ', 'openai', '$2.50', '$10.00', 'as input', 'as output'],
    ]);
    await userEvent.type(screen.getByRole('textbox', { name: 'Find a model' }), 'O3');
    expect(within(screen.getByRole('table')).getAllByRole('row')).toHaveLength(2);
    await userEvent.type(screen.getByRole('textbox', { name: 'Find a model' }), 'x');
    expect(screen.getByText('No price by that name')).toBeInTheDocument();
  });

  it('are set from one that is there', async () => {
    const { sent } = mountAt(path('prices'), {
      ModelPrices: prices([price('gpt-4o', 'BUILT_IN')]),
      SaveModelPrice: () => ({
        data: {
          saveModelPrice: {
            __typename: 'OrganizationPayload',
            organization: { __typename: 'Organization', id: 'org_1' },
          },
        },
      }),
    });
    await userEvent.click(await screen.findByRole('button', { name: 'Set another price for gpt-4o' }));
    const input = await screen.findByRole('textbox', { name: 'Input' });
    expect(input).toHaveValue('$2.5');
    await userEvent.clear(input);
    await userEvent.type(input, '1.75');
    await userEvent.clear(screen.getByLabelText('Since'));
    await userEvent.type(screen.getByLabelText('Since'), '2026-10-01');
    await userEvent.click(screen.getByRole('button', { name: 'Save' }));
    expect(await screen.findByText('Price of gpt-4o saved')).toBeInTheDocument();
    expect(sent('SaveModelPrice')[0]!.variables).toEqual({
      input: {
        organizationId: 'org_1',
        model: 'gpt-4o',
        provider: 'openai',
        validFrom: '2026-10-01T00:00:00Z',
        inputUsdPerMillion: '1.75',
        outputUsdPerMillion: '10',
      },
    });
    await waitFor(() => expect(sent('ModelPrices').length).toBeGreaterThan(1));
  });

  it('are only read by people who do not run the organization', async () => {
    mountAt(path('prices'), {
      ModelPrices: prices([price('gpt-4o', 'BUILT_IN')]),
      ProjectPermissions: () => ({ data: { viewer: { __typename: 'Viewer', permissions: ['READ_TRACES'] } } }),
    });
    expect(await screen.findByText('gpt-4o')).toBeInTheDocument();
    expect(screen.queryByRole('button', { name: 'Set a price' })).toBeNull();
  });
});
