import { EditOutlined, StopOutlined } from '@ant-design/icons';
import { Button, Input, Modal } from 'antd';
import { useState } from 'react';
import { post } from '../../../api/client';
import type { Warning } from '../../../api/incidents';
import { useNow } from '../../../context/now';
import { useWords } from '../../../context/preferences';
import { useSession } from '../../../context/session';
import { Simulated } from '../../../shell/Simulated';
import { Facts, Section, Side } from '../../../ui/side';
import { At } from '../../../ui/time';
import { useChange } from '../../access/useChange';
import { ExerciseTag } from '../ExerciseTag';
import { Colour } from '../Marks';
import { WarningForm } from './WarningForm';
import { WarningState } from './WarningState';
import { stateOf } from './warning';

/** A warning of ours is taken back, with the reason that the public reads. */
function Cancel({ warning, onClose }: { warning: Warning; onClose: () => void }) {
  const { t } = useWords();
  const { change, busy } = useChange('/api/warnings');
  const [reason, setReason] = useState('');
  const send = () => void change(async () => { await post('/api/warnings/cancel', { id: warning.id, reason }); return true; }, t('warnings.cancelled')).then((done) => { if (done === true) onClose(); });
  return (
    <Modal open title={t('warnings.cancel')} onCancel={onClose} onOk={send} confirmLoading={busy} okText={t('warnings.cancel')} cancelText={t('warnings.cancel.not')} okButtonProps={{ danger: true, disabled: reason.trim() === '', 'data-testid': 'warning-cancel-send' }}>
      <div className="stack tight"><p><b>{warning.headline}</b></p><p className="quiet">{t('warnings.cancel.help')}</p><Input.TextArea autoFocus value={reason} onChange={(event) => { setReason(event.target.value); }} autoSize={{ minRows: 2, maxRows: 6 }} maxLength={2000} placeholder={t('cases.reason')} data-testid="warning-cancel-reason" /></div>
    </Modal>
  );
}

/** A warning as the public reads it, where it holds, and its alert. */
export function WarningDrawer({ warning, onClose, onIssued }: { warning: Warning; onClose: () => void; onIssued: (issued: Warning) => void }) {
  const { t } = useWords();
  const { can, system } = useSession();
  const [asking, ask] = useState<'update' | 'cancel' | null>(null);
  const state = stateOf(warning, useNow());
  const may = warning.own && can('configure');
  return (
    <Side onClose={onClose} title={t('warnings.one')} testId="warning-drawer" extra={<>{warning.exercise && <ExerciseTag />}<Simulated /></>}>
      <h1 className="incident-title" data-testid="warning-title">{warning.headline}</h1>
      <div className="incident-line"><Colour severity={warning.severity} /><WarningState warning={warning} /><span className="tag">{warning.own ? t('warnings.own') : t('warnings.taken')}</span></div>
      {may && (state === 'inForce' || state === 'coming') && (
        <div className="row wrap">
          <Button icon={<EditOutlined />} onClick={() => { ask('update'); }} data-testid="warning-update">{t('warnings.update')}</Button>
          <Button danger icon={<StopOutlined />} onClick={() => { ask('cancel'); }} data-testid="warning-cancel">{t('warnings.cancel')}</Button>
        </div>
      )}
      <Facts rows={[
        [t('warnings.event'), warning.event || '–'], [t('warnings.sender'), warning.senderName], [t('warnings.sent'), <At key="sent" at={warning.sent} />],
        [t('warnings.span'), state === 'notice' ? <At key="span" at={warning.from} shape="minute" /> : <span key="span"><At at={warning.from} shape="minute" /> – <At at={warning.to} shape="minute" /></span>],
        [t('warnings.regions'), warning.regionNames.join(t('list.and')) || warning.areas || '–'],
      ]} />
      <Section title={t('warnings.text')}><p className="lines">{warning.description || '–'}</p></Section>
      {warning.instruction !== '' && <Section title={t('warnings.instruction')}><p className="lines">{warning.instruction}</p></Section>}
      {warning.own && (
        <Section title={t('warnings.cap')}>
          <p><a href={warning.cap} target="_blank" rel="noreferrer" data-testid="warning-cap">{t('warnings.cap.open')}</a> <span className="faint">·</span> <a href="/cap/index.atom" target="_blank" rel="noreferrer">{t('warnings.index')}</a></p>
          <p className="quiet small">{t(system.publicWarnings === true ? 'warnings.cap.public' : 'warnings.cap.signed')}</p>
        </Section>
      )}
      {asking === 'cancel' && <Cancel warning={warning} onClose={() => { ask(null); }} />}
      {asking === 'update' && <WarningForm before={warning} onClose={() => { ask(null); }} onIssued={onIssued} />}
    </Side>
  );
}
