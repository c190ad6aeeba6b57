import { Button, Input, Rate } from 'antd';
import { useState } from 'react';
import type { CaseDetail } from '../../api/types';
import { useWords } from '../../context/preferences';
import { Section } from '../../ui/side';
import { useAct } from './useAct';

/** How satisfied somebody is, once it is closed. */
export function CaseRating({ item }: { item: CaseDetail }) {
  const { t } = useWords();
  const { act, busy } = useAct(item);
  const [mark, setMark] = useState(0);
  const [text, setText] = useState('');
  if (typeof item.mark === 'number') return <Section title={t('cases.rating')}><Rate disabled value={item.mark} data-testid="case-mark" /></Section>;
  if (!item.mayRate) return null;
  return (
    <Section title={t('cases.rating')}>
      <div className="row wrap"><Rate value={mark} onChange={setMark} data-testid="case-rate" /><Input value={text} onChange={(event) => { setText(event.target.value); }} placeholder={t('optional.of', { name: t('cases.comment') })} style={{ width: 220 }} /><Button disabled={mark === 0} loading={busy !== null} onClick={() => { act('rating', { mark, text }); }} data-testid="case-rate-send">{t('cases.comment.send')}</Button></div>
    </Section>
  );
}
