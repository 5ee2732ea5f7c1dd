import 'graphiql/setup-workers/vite';
import 'graphiql/style.css';
import './explorer.css';
import { createGraphiQLFetcher } from '@graphiql/toolkit';
import { GraphiQL } from 'graphiql';
import { createClient } from 'graphql-sse';
import { createRoot } from 'react-dom/client';

const url = new URL('/graphql', location.origin).href;
// Asked with the cookie as the credential; no other site can set this header without a preflight.
const headers = { 'x-plumbline-csrf': '1' };
const streams = createClient({ url, headers, credentials: 'same-origin', singleConnection: false, retryAttempts: 0 });

// The toolkit takes a client of its WebSocket protocol; subscriptions come as server-sent events, from a client with the same methods.
const fetcher = createGraphiQLFetcher({ url, headers, wsClient: streams as never });

const defaultQuery = `# Queries run as you, with your rights. Ctrl+Enter runs, Ctrl+Space completes.
{
  viewer {
    user {
      name
    }
    organizations {
      name
      projects {
        id
        name
      }
    }
  }
}
`;

createRoot(document.getElementById('root')!).render(
  <GraphiQL fetcher={fetcher} defaultQuery={defaultQuery} defaultEditorToolsVisibility="variables" />,
);
