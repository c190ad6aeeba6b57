import { Alert, Button, Popconfirm, Progress } from 'antd';
import { type Query } from '../../api/client';
import { useOne } from '../../api/hooks';
import type { RejectReason, RejectSummary } from '../../api/types';
import { useWords } from '../../context/preferences';
import { useSession } from '../../context/session';
import { number } from '../../format/numbers';
import { known } from '../../i18n/translate';
import { Panel } from '../../ui/page';
import { useProblemWords } from '../../ui/problemWords';
import { useChange } from '../access/useChange';
import { useReplay, type ReplayState } from './useReplay';

/** The stable code of a reason as people say it. */
export function useReason() {
  const { t } = useWords();
  return (code: string) => { const key = `reason.${code}`; return known(key) ? t(key) : code; };
}

/** What somebody has to do before these values can be taken. */
function useAdvice() {
  const { t } = useWords();
  return (code: string) => { const key = `reason.${code}.help`; return known(key) ? t(key) : ''; };
}

export function Outcome({ state, onClose }: { state: ReplayState; onClose: () => void }) {
  const { t, language } = useWords();
  const reason = useReason();
  const problemWords = useProblemWords();
  const done = state.accepted + state.refused + state.skipped;
  const why = Object.entries(state.reasons).map(([code, count]) => `${reason(code)} ${number(count, language)}`).join(', ');
  const line = t('replay.outcome', { accepted: number(state.accepted, language), refused: number(state.refused, language), skipped: number(state.skipped, language) });
  if (state.busy) return <div className="row" role="status"><Progress percent={state.total === 0 ? 100 : Math.floor((100 * done) / state.total)} size="small" style={{ width: 320 }} aria-label={t('replay.running')} /><span className="quiet">{t('replay.running')}</span></div>;
  return <Alert closable={{ onClose }} role="status" data-testid="replay-outcome" type={state.error !== null ? 'error' : state.refused + state.skipped > 0 ? 'warning' : 'success'} showIcon title={line} description={state.error !== null ? problemWords(state.error).line : why === '' ? undefined : why} />;
}

/** Rejects by reason: how many, what to do about them, one as a sample, and the way back in. */
export function RejectReasons({ query, onChoose }: { query: Query; onChoose: (reason: string) => void }) {
  const { t, language } = useWords();
  const { can } = useSession();
  const reason = useReason();
  const advice = useAdvice();
  const replay = useReplay();
  const { change } = useChange('/api/rejects');
  const { reason: one, ...rest } = query;
  const summary = useOne<RejectSummary>('/api/rejects/summary', rest, { refetch: 10_000 }).data;
  const items = (summary?.items ?? []).filter((item) => one === undefined || one === '' || item.reason === one);
  if (summary === undefined || items.length === 0) return replay.state === null ? null : <Outcome state={replay.state} onClose={replay.clear} />;
  const filter = (item: RejectReason) => ({ ...rest, reason: item.reason });
  return (
    <Panel title={t('replay.title')} testId="reject-reasons">
      <div className="stack tight">
        {replay.state !== null && <Outcome state={replay.state} onClose={replay.clear} />}
        <table className="plain-table">
          <thead><tr><th>{t('accounting.reason')}</th><th className="num">{t('replay.kept')}</th><th className="wide">{t('replay.advice')}</th><th className="wide">{t('replay.sample')}</th><th /></tr></thead>
          <tbody>{items.map((item) => (
            <tr key={item.reason} data-testid="reject-reason">
              <td><button type="button" className="link" onClick={() => { onChoose(item.reason); }}>{reason(item.reason)}</button></td>
              <td className="num strong">{number(item.count, language)}</td>
              <td className="wide quiet">{advice(item.reason)}</td>
              <td className="wide"><span title={item.sample?.payload ?? ''}>{item.sample?.detail}</span></td>
              <td className="num">{can('configure') && (
                <div className="row" style={{ justifyContent: 'flex-end' }}>
                  <Button size="small" disabled={item.replayable === 0 || replay.state?.busy === true} title={item.replayable === 0 ? t('replay.impossible') : undefined} onClick={() => void replay.run({ filter: filter(item) }, item.count)} data-testid={`replay-${item.reason}`}>{t('replay.again')}</Button>
                  <Popconfirm title={t('replay.delete.ask', { count: number(item.count, language), reason: reason(item.reason) })} okText={t('replay.delete')} cancelText={t('cancel')} onConfirm={() => void change(() => replay.giveUp(filter(item), summary.until, item.count), t('replay.deleted', { count: number(item.count, language) }))}>
                    <Button size="small" disabled={replay.state?.busy === true} data-testid={`delete-${item.reason}`}>{t('replay.delete')}</Button>
                  </Popconfirm>
                </div>
              )}</td>
            </tr>
          ))}</tbody>
        </table>
      </div>
    </Panel>
  );
}
