import { lazy, Suspense } from 'react';
import c from './Prose.module.css';

const Markdown = lazy(() => import('react-markdown'));

/** Text of a model as prose. Pictures are never fetched: an address could tell who is reading, and when. */
export function Prose({ text }: { text: string }) {
  const plain = <div className={c.plain}>{text}</div>;
  return (
    <div className={c.prose}>
      <Suspense fallback={plain}>
        <Markdown
          components={{
            a: ({ href, children }) => (
              <a href={href} target="_blank" rel="noreferrer noopener">
                {children}
              </a>
            ),
            img: ({ alt }) => <span className="dim">{alt ? `[picture: ${alt}]` : '[picture]'}</span>,
            h1: ({ children }) => <p className={c.heading}>{children}</p>,
            h2: ({ children }) => <p className={c.heading}>{children}</p>,
            h3: ({ children }) => <p className={c.heading}>{children}</p>,
          }}
        >
          {text}
        </Markdown>
      </Suspense>
    </div>
  );
}
