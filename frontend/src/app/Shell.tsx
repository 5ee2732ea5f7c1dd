import { ActionIcon, Drawer } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import { IconMenu2, IconSearch } from '@tabler/icons-react';
import { Link, useNavigate } from '@tanstack/react-router';
import { Fragment, type ReactNode } from 'react';
import { useKeys } from '@/lib/keys';
import { useCurrentPage } from '@/lib/page';
import { useBreakpoint } from '@/lib/useBreakpoint';
import { useProject } from '@/lib/viewer';
import { Key, SchemeSwitch } from '@/ui';
import shared from '@/ui/frame.module.css';
import { KeySheet } from './KeySheet';
import { Navigation } from './Navigation';
import { groupsFor } from './navigation';
import { Palette } from './Palette';
import c from './Shell.module.css';

function Where() {
  const { title, parents = [] } = useCurrentPage();
  return (
    <div className={c.where}>
      {parents.map((crumb) => (
        <Fragment key={crumb.label}>
          <Link {...crumb.link}>{crumb.label}</Link>
          <i aria-hidden>/</i>
        </Fragment>
      ))}
      <span aria-current="page" className="truncate">
        {title}
      </span>
    </div>
  );
}

/** Navigation, header and the place for a page of a project. */
export function Shell({ children }: { children: ReactNode }) {
  const project = useProject();
  const navigate = useNavigate();
  const page = useCurrentPage();
  const phone = useBreakpoint('sm');
  const narrow = useBreakpoint('nav');
  const [menu, menuIs] = useDisclosure(false);
  const [palette, paletteIs] = useDisclosure(false);
  const [sheet, sheetIs] = useDisclosure(false);
  const rail = !phone && Boolean(page.rail || narrow);
  useKeys([
    { keys: 'mod+k', label: 'Search or jump to', run: paletteIs.open },
    { keys: '?', label: 'Show the keys', run: sheetIs.open },
    ...groupsFor(project.permissions)
      .flatMap((group) => group.links)
      .map(({ key, label, link }) => ({ keys: `g ${key}`, label, run: () => void navigate(link(project)) })),
  ]);
  return (
    <div className={c.frame} data-rail={rail || undefined}>
      <a href="#main" className={shared.skip}>
        Skip to content
      </a>
      {phone ? (
        <Drawer
          opened={menu}
          onClose={menuIs.close}
          size={264}
          padding={0}
          withCloseButton={false}
          attributes={{ content: { 'aria-label': 'Menu' } }}
        >
          <Navigation onMove={menuIs.close} />
        </Drawer>
      ) : (
        <Navigation rail={rail} />
      )}
      <div className={c.body}>
        <header className={c.top}>
          {phone && (
            <ActionIcon
              variant="subtle"
              color="gray"
              c="var(--pl-text-2)"
              aria-label="Open the menu"
              onClick={menuIs.open}
            >
              <IconMenu2 size={18} stroke={1.75} />
            </ActionIcon>
          )}
          <Where />
          <div className={c.tools}>
            {phone ? (
              <ActionIcon
                variant="subtle"
                color="gray"
                c="var(--pl-text-2)"
                aria-label="Search or jump to"
                onClick={paletteIs.open}
              >
                <IconSearch size={16} stroke={1.75} />
              </ActionIcon>
            ) : (
              <button type="button" className={c.search} onClick={paletteIs.open}>
                <IconSearch size={14} stroke={1.75} aria-hidden />
                <span>Search or jump to…</span>
                <Key>Ctrl K</Key>
              </button>
            )}
            <SchemeSwitch />
          </div>
        </header>
        <main id="main" tabIndex={-1} className={shared.main}>
          {children}
        </main>
      </div>
      <Palette opened={palette} onClose={paletteIs.close} />
      <KeySheet opened={sheet} onClose={sheetIs.close} />
    </div>
  );
}
