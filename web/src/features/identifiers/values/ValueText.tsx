import type { ValueData } from '../../../api/identifiers';
import { LinkText } from '../links/LinkText';
import { linkValueOf } from '../links/link';
import { linkOf, textOf } from './handle';

/** What a value says; an address of the web is followed, and so is a link of a GS1 key. */
export function ValueText({ type, data }: { type: string; data: ValueData }) {
  const said = linkValueOf(type, data);
  if (said !== null) return <LinkText link={said} />;
  const text = textOf(data);
  const link = linkOf(text);
  if (link !== null) return <a className="break" href={link} target="_blank" rel="noreferrer noopener">{text}</a>;
  return data.format === 'string' ? <span className="break value-text">{text}</span> : <code className="break">{text}</code>;
}
