import { Button } from '@mantine/core';
import { type ErrorComponentProps, Link } from '@tanstack/react-router';
import { urls } from '@/lib/urls';
import { Empty, Failure, Waiting } from '@/ui';

export const NotFound = () => (
  <main>
    <Empty
      title="There is nothing at this address"
      action={
        <Link {...urls.home()}>
          <Button component="span">Open Plumbline</Button>
        </Link>
      }
    >
      The link may be old or mistyped.
    </Empty>
  </main>
);

export const Crashed = ({ error, reset }: ErrorComponentProps) => (
  <section>
    <Failure
      title="This page stopped working"
      text="Your data is not affected. Try again; if it stays, reload the page."
      detail={error instanceof Error ? error.message : String(error)}
      onRetry={reset}
    />
  </section>
);

export const Opening = () => <Waiting label="Opening the page" />;
