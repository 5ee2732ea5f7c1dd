import { expect, type Page, test } from '@playwright/test';
import { becomeOwner, owner } from '../support/people';
import { Server } from '../support/server';

let server: Server;
test.beforeAll(async () => {
  server = await Server.start();
});
test.afterAll(async () => {
  await server.stop();
});

/** Addresses that a browser reads as those of another site, or as a script. */
const elsewhere = [
  '//evil.test/',
  '/\n/evil.test/phish',
  '/\r\t/evil.test/phish',
  '/\t/evil.test/phish',
  '/\\evil.test/',
  '/.//evil.test/',
  'https://evil.test/',
  'java\nscript:document.title="run"',
];

test('After sign-in a browser stays on this server, whatever address it was to go on to', async ({ page }) => {
  const left = watch(page);
  await becomeOwner(page, server.ownerLink);
  await expect(page.getByLabel('Project name')).toBeVisible();

  await test.step('signed in already', async () => {
    for (const next of elsewhere) {
      await page.goto(`${server.url}/signin?next=${encodeURIComponent(next)}`);
      await expect(page.getByLabel('Project name')).toBeVisible();
    }
  });

  await test.step('right after the password', async () => {
    await page.context().clearCookies();
    await page.goto(`${server.url}/signin?next=${encodeURIComponent(elsewhere[1]!)}`);
    await page.getByLabel('E-mail').fill(owner.email);
    await page.getByLabel('Password', { exact: true }).fill(owner.password);
    await page.getByRole('button', { name: 'Sign in' }).click();
    await expect(page.getByLabel('Project name')).toBeVisible();
  });

  await test.step('an address of this server is gone on to', async () => {
    await page.goto(`${server.url}/signin?next=${encodeURIComponent('/graphql')}`);
    await expect(page).toHaveURL(`${server.url}/graphql`);
  });
  expect(left).toEqual([]);
  expect(await page.title()).not.toBe('run');
});

/** Every page that was asked for elsewhere. */
function watch(page: Page): string[] {
  const left: string[] = [];
  page.on('request', request => {
    if (request.isNavigationRequest() && !request.url().startsWith(`${server.url}/`)) left.push(request.url());
  });
  return left;
}
