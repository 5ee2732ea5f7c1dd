import 'graphiql/setup-workers/vite';
import 'graphiql/style.css';
import './explorer.css';
import { GraphiQL } from 'graphiql';
import { createRoot } from 'react-dom/client';
import { fetcher } from './fetcher';

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
