import { Button, TextInput } from '@mantine/core';
import { IconPencil, IconPlus, IconSearch } from '@tabler/icons-react';
import { useMemo, useState } from 'react';
import { useQuery } from 'urql';
import { ModelPricesDocument, type ModelPricesQuery } from '@/gql/graphql';
import { date, exactTime, int } from '@/lib/format';
import { useProject } from '@/lib/viewer';
import { Chip, Empty, Notice, Panel } from '@/ui';
import { Answered } from './Answered';
import { PriceForm } from './PriceForm';
import c from './Prices.module.css';
import { RowAction, SettingsTable } from './SettingsTable';
import shared from './settings.module.css';
import { perMillion } from './words';

export type Price = NonNullable<ModelPricesQuery['organization']>['modelPrices'][number];

/** What models cost. The organization's own prices go before the built-in ones. */
export function Prices() {
  const project = useProject();
  const may = project.permissions.has('MANAGE_ORGANIZATION');
  const [{ data, error, fetching }, again] = useQuery({
    query: ModelPricesDocument,
    variables: { slug: project.organization.slug },
    requestPolicy: 'cache-and-network',
  });
  const [editing, setEditing] = useState<Partial<Price>>();
  return (
    <>
      <Panel
        title="Prices"
        note="dollars for a million tokens"
        line
        actions={
          may && (
            <Button leftSection={<IconPlus size={14} />} onClick={() => setEditing({})}>
              Set a price
            </Button>
          )
        }
      >
        <Answered
          data={data?.organization?.modelPrices}
          error={error}
          fetching={fetching}
          what="the prices"
          onRetry={() => again({ requestPolicy: 'network-only' })}
        >
          {(prices) => <Listed prices={prices} onEdit={may ? setEditing : undefined} />}
        </Answered>
      </Panel>
      {editing && (
        <PriceForm price={editing} organizationId={project.organization.id} onClose={() => setEditing(undefined)} />
      )}
    </>
  );
}

function Listed({ prices, onEdit }: { prices: readonly Price[]; onEdit?: (price: Price) => void }) {
  const [search, setSearch] = useState('');
  const wanted = search.trim().toLowerCase();
  const shown = useMemo(
    () =>
      prices
        .filter((p) => `${p.model} ${p.provider ?? ''}`.toLowerCase().includes(wanted))
        .toSorted((a, b) => Number(a.source === 'BUILT_IN') - Number(b.source === 'BUILT_IN')),
    [prices, wanted],
  );
  return (
    <>
      <div className={c.find}>
        <TextInput
          aria-label="Find a model"
          placeholder={`Find among ${int(prices.length)} prices`}
          leftSection={<IconSearch size={14} stroke={1.75} />}
          value={search}
          onChange={(event) => setSearch(event.currentTarget.value)}
        />
      </div>
      {shown.length === 0 ? (
        <Empty title="No price by that name">
          Calls of a model without a price are counted, and their cost is not.
        </Empty>
      ) : (
        <PriceTable prices={shown} onEdit={onEdit} />
      )}
      <div className={shared.inside}>
        <Notice>A cost that the sender gives is kept as it is. The latest price before a call counts.</Notice>
      </div>
    </>
  );
}

const PriceTable = ({ prices, onEdit }: { prices: readonly Price[]; onEdit?: (price: Price) => void }) => (
  <SettingsTable of="prices" columns={['Model', 'Provider', 'Input', 'Output', 'Cached input', 'Reasoning', 'Since']}>
    {prices.map((price) => (
      <tr key={`${price.source} ${price.provider} ${price.model} ${price.validFrom}`}>
        <td>
          <span className="mono">{price.model}</span>{' '}
          {price.source === 'ORGANIZATION' && <Chip tone="accent">yours</Chip>}
        </td>
        <td>{price.provider ?? <span className="dim">any</span>}</td>
        <td>{perMillion(price.inputUsdPerMillion)}</td>
        <td>{perMillion(price.outputUsdPerMillion)}</td>
        <td>{perMillion(price.cachedInputUsdPerMillion) ?? <span className="dim">as input</span>}</td>
        <td>{perMillion(price.reasoningUsdPerMillion) ?? <span className="dim">as output</span>}</td>
        <td title={exactTime(price.validFrom)}>{date(price.validFrom)}</td>
        <td>
          {onEdit && (
            <RowAction
              label="Set another price"
              name={`Set another price for ${price.model}`}
              onClick={() => onEdit(price)}
            >
              <IconPencil size={15} stroke={1.75} />
            </RowAction>
          )}
        </td>
      </tr>
    ))}
  </SettingsTable>
);
