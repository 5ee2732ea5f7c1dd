import { ActionIcon, Tooltip } from '@mantine/core';
import type { ReactNode } from 'react';
import c from './SettingsTable.module.css';

/** A table of settings. The last cell of each row holds what can be done with it. */
export const SettingsTable = (p: { of: string; columns: readonly string[]; children: ReactNode }) => (
  <div className={c.scroll} role="region" aria-label={`Table of ${p.of}`} tabIndex={0}>
    <table className={`${c.table} num`}>
      <thead>
        <tr>
          {p.columns.map((column) => (
            <th key={column} scope="col">
              {column}
            </th>
          ))}
          <th scope="col">
            <span className="vh">Actions</span>
          </th>
        </tr>
      </thead>
      <tbody>{p.children}</tbody>
    </table>
  </div>
);

/** Something that can be done with a row, as an icon. */
export const RowAction = (p: { label: string; name: string; onClick: () => void; children: ReactNode }) => (
  <Tooltip label={p.label}>
    <ActionIcon variant="subtle" color="gray" c="var(--pl-text-2)" aria-label={p.name} onClick={p.onClick}>
      {p.children}
    </ActionIcon>
  </Tooltip>
);
