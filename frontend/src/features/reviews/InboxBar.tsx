import { Button } from '@mantine/core';
import { Link } from '@tanstack/react-router';
import { urls } from '@/lib/urls';
import { useViewer } from '@/lib/viewer';
import { Logo, Person, SchemeSwitch } from '@/ui';
import c from './InboxBar.module.css';

/** The focus frame's bar: brand, scheme, the person. People with a project can go there. */
export function InboxBar() {
  const { user, organizations } = useViewer();
  const hasProjects = organizations.some((o) => o.projects.length > 0);
  return (
    <>
      <Logo />
      <b className={c.brand}>Plumbline</b>
      <span className={c.tools}>
        {hasProjects && (
          <Button
            variant="subtle"
            color="gray"
            c="var(--pl-text-2)"
            renderRoot={(props) => <Link {...urls.home()} {...props} />}
          >
            Projects
          </Button>
        )}
        <SchemeSwitch />
        {user && (
          <span title={user.name} className={c.me}>
            <Person name={user.name} size={22} />
            <span className="vh">{user.name}</span>
          </span>
        )}
      </span>
    </>
  );
}
