import type { ComponentProps } from 'react';
import c from './LinkButton.module.css';

/** A button that reads as a link within a sentence; `plain` leaves it the colour of the sentence. */
export const LinkButton = ({ plain, className, ...rest }: ComponentProps<'button'> & { plain?: boolean }) => (
  <button type="button" {...rest} className={`${c.link} ${className ?? ''}`} data-plain={plain || undefined} />
);
