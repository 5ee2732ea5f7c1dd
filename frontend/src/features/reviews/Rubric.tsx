import shared from './legend.module.css';
import { rubricBlocks } from './model/pace';
import c from './Rubric.module.css';

/** What to judge by, in the queue's own words. */
export function Rubric({ instructions, version }: { instructions: string; version: number }) {
  return (
    <div>
      <h2 className={shared.legend}>
        What to judge by<small className="num">rubric version {version}</small>
      </h2>
      {rubricBlocks(instructions).map((block, i) =>
        block.kind === 'text' ? (
          <p key={i} className={c.rubricText}>
            {block.text}
          </p>
        ) : (
          <ul key={i} className={c.rubric}>
            {block.items.map((item) => (
              <li key={item}>
                <span>{item}</span>
              </li>
            ))}
          </ul>
        ),
      )}
    </div>
  );
}
