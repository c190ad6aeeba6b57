import { Input, Modal } from 'antd';
import { useState } from 'react';
import { post, segment } from '../../../api/client';
import { useWords } from '../../../context/preferences';
import { useDo } from './useIncidentAct';

/** An incident that was merged by mistake is one of its own again, with the reports that it had. */
export function UndoMerge({ id, onClose }: { id: string; onClose: () => void }) {
  const { t } = useWords();
  const { run, busy } = useDo();
  const [reason, setReason] = useState('');
  const send = () => { run(() => post(`/api/incidents/${segment(id)}/restore`, { reason }), onClose); };
  return (
    <Modal open title={t('incidents.undo')} onCancel={onClose} onOk={send} confirmLoading={busy} okText={t('incidents.undo')} cancelText={t('cancel')} okButtonProps={{ disabled: reason.trim() === '', 'data-testid': 'undo-send' }}>
      <div className="stack tight"><p className="quiet">{t('incidents.undo.help')}</p><Input.TextArea autoFocus value={reason} onChange={(event) => { setReason(event.target.value); }} autoSize={{ minRows: 2, maxRows: 6 }} maxLength={2000} placeholder={t('cases.reason')} data-testid="undo-reason" /></div>
    </Modal>
  );
}
