import { useQueryClient } from '@tanstack/react-query';
import { App, Modal } from 'antd';
import { useEffect, useState } from 'react';
import { post, segment } from '../../../api/client';
import type { Edit, UndoAnswer } from '../../../api/types';
import { useWords } from '../../../context/preferences';
import { known } from '../../../i18n/translate';
import { ProblemView } from '../../../ui/problem';
import { Waiting } from '../../../ui/waiting';

/** Says what can be taken back and what stands in the way, before it is done. */
export function UndoEdit({ edit, onClose }: { edit: Edit; onClose: () => void }) {
  const { t, say } = useWords();
  const { message } = App.useApp();
  const client = useQueryClient();
  const [plan, setPlan] = useState<UndoAnswer | null>(null);
  const [error, setError] = useState<unknown>(null);
  const [busy, setBusy] = useState(false);
  const path = `/api/edits/${segment(edit.id)}/undo`;
  useEffect(() => { post<UndoAnswer>(`${path}?preview=true`).then(setPlan).catch(setError); }, [path]);
  const undo = async () => {
    setBusy(true);
    try {
      const done = await post<UndoAnswer>(`${path}?partial=true`);
      void message.success(t('edits.undone', { count: done.takesBack }));
      await client.invalidateQueries();
      onClose();
    } catch (fault) {
      setError(fault);
      setBusy(false);
    }
  };
  const why = (code: string, detail: string) => { const key = `obstacle.${code}`; return known(key) ? t(key) : say(detail); };
  return (
    <Modal open title={t('edits.undo.title', { name: edit.name })} onCancel={onClose} onOk={() => void undo()} okText={t('edits.undo')} cancelText={t('cancel')} confirmLoading={busy} okButtonProps={{ danger: true, disabled: plan === null || plan.takesBack === 0, 'data-testid': 'undo-yes' }}>
      {error !== null && <ProblemView error={error} />}
      {plan === null && error === null && <Waiting rows={2} />}
      {plan !== null && (
        <div className="stack tight" data-testid="undo-plan">
          <p>{plan.takesBack === 0 ? t('edits.undo.none') : plan.obstacles.length === 0 ? t('edits.undo.all', { count: plan.takesBack }) : t('edits.undo.some', { count: plan.takesBack, blocked: plan.obstacles.length })}</p>
          {plan.obstacles.slice(0, 50).map((one) => <p key={one.thing} title={say(one.detail)}><b>{one.name}</b> <span className="quiet">{why(one.code, one.detail)}</span></p>)}
        </div>
      )}
    </Modal>
  );
}
