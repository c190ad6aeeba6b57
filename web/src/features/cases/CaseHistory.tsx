import { useQueryClient } from '@tanstack/react-query';
import { App, Button, Input, Switch } from 'antd';
import { useState } from 'react';
import { post, segment } from '../../api/client';
import type { CaseDetail } from '../../api/types';
import { useWords } from '../../context/preferences';
import { useProblemWords } from '../../ui/problemWords';
import { Section } from '../../ui/side';
import { At } from '../../ui/time';
import { useEventWords } from './eventWords';

/** What was done, by whom, in order; under "proof" the chain that shows nothing was altered. */
export function CaseHistory({ item }: { item: CaseDetail }) {
  const { t } = useWords();
  const [proof, setProof] = useState(false);
  const { text, lines } = useEventWords(item);
  const tools = <label className="row small quiet">{t('cases.proof')}<Switch size="small" checked={proof} onChange={setProof} data-testid="case-proof" /></label>;
  return (
    <Section title={t('cases.history')} tools={tools}>
      {proof && <p className="quiet small">{t('cases.proof.help')}</p>}
      <ol className="story" data-testid="case-history">
        {[...item.history].sort((a, b) => b.seq - a.seq).map((event) => (
          <li key={event.seq} data-testid="case-event" data-kind={event.kind}>
            <div className="row"><span className="grow"><b>{event.actorName || t('cases.system')}</b> {text(event)}</span><span className="faint small nowrap"><At at={event.at} shape="minute" /></span></div>
            {lines(event).map((line) => <p key={line} className="quiet">{line}</p>)}
            {proof && <code className="faint" style={{ overflowWrap: 'anywhere' }}>#{event.seq} {event.hash}</code>}
          </li>
        ))}
      </ol>
    </Section>
  );
}

export function CommentBox({ item }: { item: CaseDetail }) {
  const { t } = useWords();
  const client = useQueryClient();
  const { message } = App.useApp();
  const problemWords = useProblemWords();
  const [text, setText] = useState('');
  const [busy, setBusy] = useState(false);
  const send = () => {
    setBusy(true);
    post(`/api/cases/${segment(item.id)}/comments`, { text })
      .then(() => { setText(''); return client.invalidateQueries({ queryKey: ['one', `/api/cases/${segment(item.id)}`] }); })
      .catch((error: unknown) => { const words = problemWords(error); void message.error(words.line); })
      .finally(() => { setBusy(false); });
  };
  return (
    <div className="row" style={{ alignItems: 'flex-start' }}>
      <Input.TextArea value={text} onChange={(event) => { setText(event.target.value); }} placeholder={t('cases.comment.add')} autoSize={{ minRows: 1, maxRows: 6 }} data-testid="case-comment" />
      <Button disabled={text.trim() === ''} loading={busy} onClick={send} data-testid="case-comment-send">{t('cases.comment.send')}</Button>
    </div>
  );
}
