import type { ValueData } from '../../../api/identifiers';
import { linkOf, textOf } from './handle';

/** What a value says; an address of the web is followed. */
export function ValueText({ data }: { data: ValueData }) {
  const text = textOf(data);
  const link = linkOf(text);
  if (link !== null) return <a className="break" href={link} target="_blank" rel="noreferrer noopener">{text}</a>;
  return data.format === 'string' ? <span className="break value-text">{text}</span> : <code className="break">{text}</code>;
}
