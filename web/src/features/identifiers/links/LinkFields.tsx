import { AutoComplete, Input, Select } from 'antd';
import { useWords } from '../../../context/preferences';
import { linkIn, linkText, linkTypes, type LinkValue } from './link';

const none: LinkValue = { linkType: 'gs1:pip', href: '', title: '' };
const languages = ['zh', 'zh-TW', 'en', 'ja', 'ko', 'ru', 'fr', 'de', 'es', 'ar'];
const mediaTypes = ['text/html', 'application/pdf', 'application/json', 'application/ld+json', 'image/jpeg', 'video/mp4'];

/** A link of a GS1 key in a form, whose value is the text that the identifier keeps. */
export function LinkFields({ value = '', onChange }: { value?: string; onChange?: (text: string) => void }) {
  const { t } = useWords();
  const link = linkIn(value) ?? none;
  const set = (part: Partial<LinkValue>) => { onChange?.(linkText({ ...link, ...part })); };
  const field = (name: string, input: React.ReactNode) => <label className="stack tight"><span className="quiet small">{name}</span>{input}</label>;
  return (
    <div className="stack tight" data-testid="link-fields">
      <div className="form-pair">
        {field(t('link.what'), <Select value={link.linkType} onChange={(linkType: string) => { set({ linkType }); }} showSearch={{ optionFilterProp: 'label' }} options={[...linkTypes.map((term) => ({ value: `gs1:${term}`, label: t(`link.type.${term}`) })), ...(linkTypes.some((term) => `gs1:${term}` === link.linkType) ? [] : [{ value: link.linkType, label: link.linkType }])]} data-testid="link-type" />)}
        {field(t('link.title'), <Input value={link.title} onChange={(event) => { set({ title: event.target.value }); }} maxLength={500} data-testid="link-title" />)}
      </div>
      {field(t('link.href'), <Input value={link.href} onChange={(event) => { set({ href: event.target.value.trim() }); }} maxLength={8_000} placeholder="https://" data-testid="link-href" />)}
      <div className="form-pair">
        {field(t('optional.of', { name: t('link.languages') }), <Select mode="tags" value={link.hreflang ?? []} onChange={(hreflang: string[]) => { set({ hreflang }); }} options={languages.map((tag) => ({ value: tag }))} data-testid="link-languages" />)}
        {field(t('optional.of', { name: t('link.media') }), <AutoComplete value={link.type ?? ''} onChange={(type: string) => { set({ type }); }} options={mediaTypes.map((type) => ({ value: type }))} data-testid="link-media" />)}
      </div>
    </div>
  );
}
