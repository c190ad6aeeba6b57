import { EyeInvisibleOutlined } from '@ant-design/icons';
import { Button } from 'antd';
import { useState } from 'react';
import { useOne } from '../../../api/hooks';
import type { EpcisEvent, ErasableEvent } from '../../../api/trace';
import { useWords } from '../../../context/preferences';
import { Section } from '../../../ui/side';
import { At } from '../../../ui/time';
import { useTraceWords } from '../words';
import { EraseEvent } from './EraseEvent';
import { erasures, type Erasure } from './erasing';

function Erased({ erasure }: { erasure: Erasure }) {
  const { t } = useWords();
  const { field } = useTraceWords();
  return <li data-testid="event-erased"><b>{erasure.names.map(field).join(t('list.and'))}</b> <span className="quiet">{erasure.byName} · <At at={erasure.at} shape="minute" /></span><div className="break">{erasure.reason}</div></li>;
}

/** What was erased of an event, by whom and why; and, for who may, erasing more of it. */
export function Erasures({ event, onErased }: { event: EpcisEvent & Record<string, unknown>; onErased: (id: string | null) => void }) {
  const { t } = useWords();
  const answer = useOne<ErasableEvent>('/api/fact-erasures', { event: event.eventID });
  const [erasing, erase] = useState(false);
  if (answer.data === undefined) return null;
  const { mayErase, members } = answer.data;
  const gone = erasures(members);
  const tools = mayErase && <Button size="small" type="text" icon={<EyeInvisibleOutlined />} onClick={() => { erase(true); }} data-testid="event-erase">{t('erase')}…</Button>;
  return (
    <>
      {gone.length > 0 ? <Section title={t('event.erased')} tools={tools}><ul className="changes small">{gone.map((one) => <Erased key={one.at} erasure={one} />)}</ul></Section> : <div>{tools}</div>}
      {erasing && <EraseEvent event={event} members={members} onClose={() => { erase(false); }} onErased={(id) => { erase(false); onErased(id); }} />}
    </>
  );
}
