import { Button, Popconfirm } from 'antd';
import type { ReactNode } from 'react';
import { Link } from 'react-router';
import { post, segment } from '../../../api/client';
import { useOne } from '../../../api/hooks';
import type { Suppression } from '../../../api/types';
import { useWords } from '../../../context/preferences';
import { useOpen } from '../../../ui/open';
import { ProblemView } from '../../../ui/problem';
import { Facts, Side } from '../../../ui/side';
import { At } from '../../../ui/time';
import { Waiting } from '../../../ui/waiting';
import { useChange } from '../../access/useChange';
import { useAbout, StateWord } from './about';

/** What is held back, by whom and why, and the way to end it. */
export function SuppressionDrawer({ id, onClose }: { id: string; onClose: () => void }) {
  const { t, label } = useWords();
  const { open } = useOpen();
  const about = useAbout();
  const path = `/api/suppressions/${segment(id)}`;
  const detail = useOne<Suppression>(path);
  const { change, busy } = useChange('/api/suppressions');
  const one = detail.data;
  return (
    <Side onClose={onClose} title={one === undefined ? '' : about(one)} testId="held-drawer">
      {detail.error !== null && one === undefined && <ProblemView error={detail.error} retry={() => void detail.refetch()} />}
      {detail.isPending && <Waiting />}
      {one !== undefined && (
        <>
          <Facts rows={[
            [t('held.kind'), t(`held.kind.${one.kind}`)],
            [t('state'), <StateWord key="state" of={one} />],
            [t('thing'), one.thing === null ? t('held.any') : <Link key="thing" to={`/things/${segment(one.thing)}?tab=rules`}>{one.thingName ?? one.thing}</Link>],
            [t('region'), one.region === null ? t('held.any') : one.regionName ?? one.region],
            [t('rules.rule'), one.rule === null ? t('held.rules.all') : <button key="rule" type="button" className="link" onClick={() => { open('rule', one.rule); }}>{label(one.ruleName) || one.rule}</button>],
            [t('held.from'), <At key="from" at={one.from} />],
            [t('held.to'), <At key="to" at={one.to} />],
            [t('held.why'), <span key="why" className="lines">{one.why}</span>],
            [t('held.by'), <span key="by">{one.byName} · <At at={one.madeAt} /></span>],
            ...(one.endedAt === null ? [] : [[t('held.ended'), <span key="ended">{one.endedByName} · <At at={one.endedAt} /></span>] as [string, ReactNode]]),
          ]} />
          {one.mayEnd && (
            <Popconfirm title={t('held.end.ask')} okText={t('held.end')} cancelText={t('cancel')} okButtonProps={{ 'data-testid': 'held-end-yes' }} onConfirm={() => void change(() => post(`${path}/end`), t('held.end.done'))}>
              <Button loading={busy} style={{ alignSelf: 'flex-start' }} data-testid="held-end">{t('held.end')}</Button>
            </Popconfirm>
          )}
        </>
      )}
    </Side>
  );
}
