import { useWords } from '../../../context/preferences';
import { known } from '../../../i18n/translate';
import { linkOf } from '../values/handle';
import { termOf, type LinkValue } from './link';

/** What a link type means, in words where there are some. */
export function useLinkTypeWord(): (linkType: string) => string {
  const { t } = useWords();
  return (linkType) => { const key = `link.type.${termOf(linkType) ?? linkType}`; return known(key) ? t(key) : linkType; };
}

function languageName(tag: string, language: string): string {
  try {
    return new Intl.DisplayNames([language], { type: 'language' }).of(tag) ?? tag;
  } catch (error) {
    if (error instanceof RangeError) return tag;
    throw error;
  }
}

/** A link of a GS1 key: what it is, in which language, and where it leads. */
export function LinkText({ link }: { link: LinkValue }) {
  const { t, language } = useWords();
  const word = useLinkTypeWord();
  const target = linkOf(link.href);
  const about = [word(link.linkType), ...(link.hreflang ?? []).map((tag) => languageName(tag, language)), ...(link.type === undefined ? [] : [link.type]), ...(link.context ?? [])];
  return (
    <span className="link-value" data-testid="link-value" data-type={link.linkType}>
      <span className="quiet small">{about.join(' · ')}</span>
      {target === null ? <span className="break">{link.title}</span> : <a className="break" href={target} target="_blank" rel="noreferrer noopener" title={t('link.leads', { to: link.href })}>{link.title}</a>}
      <span className="faint small break mono">{link.href}</span>
    </span>
  );
}
