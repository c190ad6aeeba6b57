import { useQueryClient } from '@tanstack/react-query';
import { App, Button, Input } from 'antd';
import { useState } from 'react';
import { post, segment } from '../../api/client';
import type { HandedCase, HandoverDetail } from '../../api/duty';
import { useOne } from '../../api/hooks';
import { useWords } from '../../context/preferences';
import { useSession } from '../../context/session';
import { Colour } from '../reports/Marks';
import { useOpen } from '../../ui/open';
import { ProblemView } from '../../ui/problem';
import { useProblemWords } from '../../ui/problemWords';
import { Facts, Section, Side } from '../../ui/side';
import { At } from '../../ui/time';
import { Waiting } from '../../ui/waiting';
import { Due } from '../cases/Due';
import { ExerciseTag } from '../reports/ExerciseTag';
import { Entries } from './LogPanel';

/** Who takes over agrees, or says what is not right. */
function Answer({ id }: { id: string }) {
  const { t } = useWords();
  const { message } = App.useApp();
  const client = useQueryClient();
  const problemWords = useProblemWords();
  const [remark, setRemark] = useState('');
  const [busy, setBusy] = useState(false);
  const send = (how: 'accept' | 'object') => {
    setBusy(true);
    post(`/api/duty/handovers/${segment(id)}/${how}`, { remark: remark.trim() === '' ? null : remark })
      .catch((error: unknown) => { void message.error(problemWords(error).line); })
      .finally(() => { setBusy(false); void client.invalidateQueries(); });
  };
  return (
    <div className="inset stack tight" data-testid="handover-answer">
      <Input.TextArea value={remark} onChange={(event) => { setRemark(event.target.value); }} placeholder={t('duty.answer.remark')} autoSize={{ minRows: 2, maxRows: 6 }} data-testid="handover-remark" />
      <div className="row"><Button type="primary" loading={busy} onClick={() => { send('accept'); }} data-testid="handover-accept">{t('duty.accept')}</Button><Button loading={busy} disabled={remark.trim() === ''} onClick={() => { send('object'); }} data-testid="handover-object">{t('duty.object')}</Button></div>
    </div>
  );
}

function CaseLine({ item }: { item: HandedCase }) {
  const { label } = useWords();
  const { open } = useOpen();
  return (
    <tr>
      <td><Colour severity={item.severity} icon /></td>
      <td><button type="button" className="link" onClick={() => { open('case', item.number); }}>{label(item.title)}</button></td>
      <td className="quiet nowrap">{item.exercise && <><ExerciseTag /> </>}{label(item.stateName)}{item.responsibleName !== null && ` · ${item.responsibleName}`}</td><td><Due item={{ due: item.due, late: item.late, final: false }} /></td>
    </tr>
  );
}

export function HandoverDrawer({ id, onClose }: { id: string; onClose: () => void }) {
  const { t } = useWords();
  const { me } = useSession();
  const detail = useOne<HandoverDetail>(`/api/duty/handovers/${segment(id)}`);
  const data = detail.data;
  return (
    <Side onClose={onClose} title={t('duty.handover')} testId="handover-drawer">
      {detail.error !== null && data === undefined && <ProblemView error={detail.error} retry={() => void detail.refetch()} />}
      {detail.isPending && <Waiting />}
      {data !== undefined && (
        <>
          <Facts rows={[
            [t('duty.giver'), data.handover.fromName], [t('duty.taker'), data.handover.toName], [t('duty.at'), <At key="at" at={data.handover.at} />], [t('duty.since'), <At key="since" at={data.handover.since} />],
            [t('state'), <span key="state" data-testid="handover-state" data-state={data.handover.state}>{t(`duty.state.${data.handover.state}`)} {data.handover.answeredAt !== null && <At at={data.handover.answeredAt} shape="minute" />}</span>],
            ...(data.handover.answerRemark === null ? [] : [[t('duty.answer'), data.handover.answerRemark] satisfies [string, string]]),
          ]} />
          {data.handover.remark !== null && <p className="inset lines">{data.handover.remark}</p>}
          {data.handover.state === 'open' && data.handover.to === me.id && <Answer id={id} />}
          <Section title={t('duty.cases', { count: data.handover.cases, late: data.handover.late })}><table className="plain-table"><tbody>{data.snapshot.cases.map((item) => <CaseLine key={item.number} item={item} />)}</tbody></table>{data.snapshot.casesLeftOut > 0 && <p className="faint small">{t('duty.left.out', { count: data.snapshot.casesLeftOut })}</p>}</Section>
          <Section title={t('duty.entries', { count: data.handover.entries })}><Entries items={data.snapshot.entries} />{data.snapshot.entriesLeftOut > 0 && <p className="faint small">{t('duty.left.out', { count: data.snapshot.entriesLeftOut })}</p>}</Section>
        </>
      )}
    </Side>
  );
}
