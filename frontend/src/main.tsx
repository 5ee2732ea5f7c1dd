import '@mantine/core/styles.layer.css';
import '@fontsource-variable/inter/wght.css';
import '@fontsource-variable/jetbrains-mono/wght.css';
import './app.css';
import { MantineProvider } from '@mantine/core';
import { RouterProvider } from '@tanstack/react-router';
import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import { Provider } from 'urql';
import { router } from '@/app/router';
import { createClient } from '@/lib/client';
import { urls } from '@/lib/urls';
import { Toasts } from '@/ui';
import { cssVariablesResolver, theme } from './theme';

const client = createClient(() => {
  const { pathname, href } = router.state.location;
  if (!pathname.startsWith('/signin') && !pathname.startsWith('/join')) void router.navigate(urls.signIn(href));
});

createRoot(document.getElementById('root')!).render(
  <StrictMode>
    <MantineProvider theme={theme} cssVariablesResolver={cssVariablesResolver} defaultColorScheme="auto">
      <Provider value={client}>
        <RouterProvider router={router} />
      </Provider>
      <Toasts />
    </MantineProvider>
  </StrictMode>,
);
