import { expect, type Page, test } from '@playwright/test';
import { becomeOwner, createProject, owner } from '../support/people';
import { Server } from '../support/server';

let server: Server;
test.beforeAll(async () => {
  server = await Server.start();
});
test.afterAll(async () => {
  await server.stop();
});

/** Everything that a page asked for elsewhere, and everything its policy refused. */
function watch(page: Page): string[] {
  const wrong: string[] = [];
  page.on('request', request => {
    if (/^https?:/.test(request.url()) && !request.url().startsWith(server.url)) wrong.push(request.url());
  });
  page.on('console', message => {
    if (/Content Security Policy|Could not create web worker/i.test(message.text())) wrong.push(message.text());
  });
  page.on('pageerror', error => wrong.push(error.message));
  return wrong;
}

test('GraphiQL at /graphql: for people who are signed in, with documentation, completion and answers, from this server alone', async ({ page }) => {
  const wrong = watch(page);

  await test.step('a visitor is asked to sign in first', async () => {
    await page.goto(`${server.url}/graphql`);
    await expect(page).toHaveURL(/\/signin\?next=/);
  });

  await becomeOwner(page, server.ownerLink);
  await createProject(page, 'Helpdesk');
  await page.goto(`${server.url}/graphql`);
  const run = page.getByRole('button', { name: 'Execute query (Ctrl-Enter)' });
  await expect(run).toBeVisible({ timeout: 60_000 });

  const response = page.locator('.graphiql-response .view-lines');
  await test.step('a query runs with the session', async () => {
    await expect(page.locator('.graphiql-query-editor .view-lines')).toContainText('viewer');
    await expect(async () => {
      await run.click();
      await expect(response).toContainText(owner.name, { timeout: 3_000 });
    }).toPass(); // the editor loads its language after it shows
    await expect(response).toContainText('Helpdesk');
  });

  await test.step('the documentation explorer shows the schema', async () => {
    await page.getByRole('button', { name: 'Show Documentation Explorer' }).click();
    const docs = page.getByRole('region', { name: 'Documentation Explorer' }).or(page.locator('.graphiql-doc-explorer')).first();
    await expect(docs).toContainText('Root Types');
    await docs.getByRole('link', { name: 'Mutation' }).click();
    await expect(docs).toContainText('createProject');
  });

  await test.step('the editor marks what the schema does not have', async () => {
    await page.locator('.graphiql-query-editor .view-lines').click();
    await page.keyboard.press('Control+A');
    await page.keyboard.type('{ viewer { nonsense } }');
    await expect(page.locator('.graphiql-query-editor .squiggly-error').first()).toBeAttached({ timeout: 30_000 });
  });

  await test.step('a subscription runs as a stream', async () => {
    await page.locator('.graphiql-query-editor .view-lines').click();
    await page.keyboard.press('Control+A');
    await page.keyboard.type('subscription { playgroundRun(id: "nothing") { __typename } }');
    const stream = page.waitForResponse(answer => answer.headers()['content-type']?.startsWith('text/event-stream') ?? false);
    await run.click();
    await stream;
    await expect(response).toContainText('NOT_FOUND');
  });

  await test.step('light and dark follow the system', async () => {
    const background = () => page.locator('.graphiql-container').evaluate(element => getComputedStyle(element).backgroundColor);
    await page.emulateMedia({ colorScheme: 'light' });
    const light = await background();
    await page.emulateMedia({ colorScheme: 'dark' });
    await expect.poll(background).not.toBe(light);
    await expect(page.locator('.monaco-editor').first()).toHaveCSS('--vscode-foreground', /#/);
  });

  expect(wrong).toEqual([]);
});
