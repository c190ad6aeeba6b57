import { App, Form, Input, Modal, Select } from 'antd';
import { useState } from 'react';
import { useAll } from '../../api/all';
import { post } from '../../api/client';
import type { CaseResult, List } from '../../api/types';
import { useWords } from '../../context/preferences';
import { useSession } from '../../context/session';
import { useProblemWords } from '../../ui/problemWords';
import { useLookAgain } from './useAct';

interface Values { to: string; reason?: string }

/** At the end of a shift: all open cases and tasks of one person go to another at once. */
export function HandOver({ onClose }: { onClose: () => void }) {
  const { t } = useWords();
  const { me } = useSession();
  const { message } = App.useApp();
  const lookAgain = useLookAgain();
  const problemWords = useProblemWords();
  const [form] = Form.useForm<Values>();
  const [busy, setBusy] = useState(false);
  const people = useAll<{ id: string; name: string }>('/api/assignees', {}, true, 30_000);
  const submit = (values: Values) => {
    setBusy(true);
    post<List<CaseResult>>('/api/cases/handover', values)
      .then((answer) => { void message.success(t('cases.handover.done', { done: answer.items.filter((one) => one.done).length, all: answer.items.length })); onClose(); })
      .catch((error: unknown) => { void message.error(problemWords(error).line); })
      .finally(() => { setBusy(false); lookAgain(); });
  };
  return (
    <Modal open title={t('cases.handover')} onCancel={onClose} onOk={() => { form.submit(); }} confirmLoading={busy} okText={t('cases.handover')} cancelText={t('cancel')} okButtonProps={{ 'data-testid': 'handover-send' }}>
      <p className="quiet">{t('cases.handover.help')}</p>
      <Form form={form} layout="vertical" onFinish={submit} data-testid="handover-form">
        <Form.Item name="to" label={t('cases.person')} rules={[{ required: true, message: t('required') }]}><Select autoFocus showSearch={{ optionFilterProp: 'label' }} options={(people.data ?? []).filter((one) => one.id !== me.id).map((one) => ({ value: one.id, label: one.name }))} /></Form.Item>
        <Form.Item name="reason" label={t('optional.of', { name: t('cases.reason') })}><Input.TextArea autoSize={{ minRows: 2, maxRows: 6 }} /></Form.Item>
      </Form>
    </Modal>
  );
}
