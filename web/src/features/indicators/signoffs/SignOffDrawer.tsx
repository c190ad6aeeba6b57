import { Button, Input, Popover } from 'antd';
import { useState, type ReactNode } from 'react';
import { post, segment } from '../../../api/client';
import { useOne } from '../../../api/hooks';
import type { SignOff } from '../../../api/types';
import { useWords } from '../../../context/preferences';
import { useSession } from '../../../context/session';
import { ProblemView } from '../../../ui/problem';
import { Facts, Side } from '../../../ui/side';
import { At } from '../../../ui/time';
import { Waiting } from '../../../ui/waiting';
import { useChange } from '../../access/useChange';
import { usePartyName } from '../../directory/names';
import { periodText } from './period';
import { SignedFigures } from './SignedFigures';
import { useIndicatorName } from './SignOffs';

function Withdraw({ path }: { path: string }) {
  const { t } = useWords();
  const { change, busy } = useChange('/api/indicators');
  const [isOpen, setOpen] = useState(false);
  const [note, setNote] = useState('');
  const send = async () => { if (await change(() => post(`${path}/withdraw`, { note }), t('signoffs.withdrawn')) !== null) setOpen(false); };
  const form = (
    <div className="stack tight" style={{ width: 320, maxWidth: '80vw' }}>
      <p className="small quiet">{t('signoffs.withdraw.help')}</p>
      <Input.TextArea value={note} maxLength={2000} onChange={(event) => { setNote(event.target.value); }} placeholder={t('signoffs.withdraw.why')} aria-label={t('signoffs.withdraw.why')} autoSize={{ minRows: 2, maxRows: 6 }} data-testid="withdraw-why" />
      <Button danger disabled={note.trim() === ''} loading={busy} onClick={() => void send()} data-testid="withdraw-do">{t('signoffs.withdraw')}</Button>
    </div>
  );
  return <Popover trigger="click" open={isOpen} onOpenChange={setOpen} placement="bottomLeft" content={form}><Button style={{ alignSelf: 'flex-start' }} data-testid="signoff-withdraw">{t('signoffs.withdraw')}</Button></Popover>;
}

/** A period that was signed off, and how far its figures still agree with the data. */
export function SignOffDrawer({ id, onClose }: { id: string; onClose: () => void }) {
  const { t } = useWords();
  const { can } = useSession();
  const party = usePartyName();
  const indicator = useIndicatorName();
  const path = `/api/indicators/sign-offs/${segment(id)}`;
  const detail = useOne<SignOff>(path);
  const one = detail.data;
  return (
    <Side onClose={onClose} title={one === undefined ? '' : t('signoffs.title', { period: periodText(one) })} testId="signoff-drawer">
      {detail.error !== null && one === undefined && <ProblemView error={detail.error} retry={() => void detail.refetch()} />}
      {detail.isPending && <Waiting />}
      {one !== undefined && (
        <>
          <Facts rows={[
            [t('party'), party(one.party)],
            [t('indicators.indicator'), indicator(one.indicator)],
            [t('signoffs.by'), <span key="by">{one.byName} · <At at={one.at} /></span>],
            ...(one.note === '' ? [] : [[t('signoffs.note'), <span key="note" className="lines">{one.note}</span>] as [string, ReactNode]]),
            ...(one.withdrawnAt === null ? [] : [[t('signoffs.withdrawn'), <span key="withdrawn" className="lines">{one.withdrawnBy} · <At at={one.withdrawnAt} />{'\n'}{one.withdrawnNote}</span>] as [string, ReactNode]]),
          ]} />
          {one.withdrawnAt === null && can('administer') && <Withdraw path={path} />}
          {one.withdrawnAt === null ? <SignedFigures path={path} /> : <p className="quiet">{t('signoffs.withdrawn.help')}</p>}
        </>
      )}
    </Side>
  );
}
