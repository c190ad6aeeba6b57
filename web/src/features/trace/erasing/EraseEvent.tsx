import { useQueryClient } from '@tanstack/react-query';
import { Alert, Checkbox, Form, Input, Modal, Radio } from 'antd';
import { post } from '../../../api/client';
import type { EpcisEvent, EventMember, FactErased } from '../../../api/trace';
import { useWords } from '../../../context/preferences';
import { useChange } from '../../access/useChange';
import { bare, isExtra, textOf } from '../event';
import { useTraceWords } from '../words';
import { erasable, isAbout, isHash } from './erasing';

interface Values { what: 'fields' | 'all'; names?: string[]; reason: string }

/** Erases members of an event, or all of it; asks for the reason. `onErased` gets the id that is left, null where none is. */
export function EraseEvent({ event, members, onClose, onErased }: { event: EpcisEvent & Record<string, unknown>; members: EventMember[]; onClose: () => void; onErased: (id: string | null) => void }) {
  const { t } = useWords();
  const { field } = useTraceWords();
  const client = useQueryClient();
  const id = event.eventID;
  // What is read under the id that goes is not there any more: only what is read under another is read anew at once.
  const { change, busy } = useChange((path, query) => path.startsWith('/api/trace') && !isAbout(id, path, query));
  const [form] = Form.useForm<Values>();
  const offered = erasable(event.type, members);
  const what = Form.useWatch('what', form) ?? 'fields';
  const submit = async (values: Values) => {
    const names = values.what === 'all' ? null : values.names ?? [];
    const said = ({ eventId }: FactErased) => (names === null ? t('event.erased.all') : t(eventId === id ? 'event.erased.is' : 'event.erased.new', { names: names.map(field).join(t('list.and')) }));
    const done = await change(() => post<FactErased>('/api/fact-erasures', { eventId: id, fields: names, reason: values.reason }), said);
    if (done === null) return;
    void client.invalidateQueries({ predicate: ({ queryKey: [, path, query] }) => isAbout(id, String(path), Object(query) as object), refetchType: done.eventId === id ? 'active' : 'none' });
    onErased(done.eventId);
  };
  return (
    <Modal open title={t('event.erase')} onCancel={onClose} onOk={() => { form.submit(); }} confirmLoading={busy} okText={t('erase')} cancelText={t('cancel')} okButtonProps={{ danger: true, 'data-testid': 'erase-send' }}>
      <Form form={form} layout="vertical" initialValues={{ what: offered.length === 0 ? 'all' : 'fields' }} onFinish={(values) => void submit(values)}>
        <Form.Item name="what" hidden={offered.length === 0} style={{ marginBottom: 8 }}><Radio.Group options={(['fields', 'all'] as const).map((one) => ({ value: one, label: <span data-testid={`erase-${one}`}>{t(`event.erase.${one}`)}</span> }))} /></Form.Item>
        {what === 'fields' && (
          <Form.Item name="names" rules={[{ required: true, message: t('event.erase.none') }]} style={{ marginBottom: 12 }}>
            <Checkbox.Group className="erase-fields" options={offered.map((name) => ({ value: name, label: <span data-testid="erase-field" data-name={name} title={bare(name) === name ? undefined : name}>{field(name)}{isExtra(name) && event[name] !== undefined && <span className="faint"> {textOf(event[name])}</span>}</span> }))} />
          </Form.Item>
        )}
        <Alert type="warning" showIcon style={{ alignItems: 'flex-start' }} title={<><b>{t('event.erase.sure')}</b><div>{t(`event.erase.${what}.help`)}</div>{what === 'fields' && isHash(event) && <div>{t('event.erase.id')}</div>}</>} data-testid="erase-warning" />
        <Form.Item name="reason" label={t('erase.reason')} rules={[{ required: true, whitespace: true, message: t('required') }]} style={{ marginTop: 12 }}><Input.TextArea autoSize={{ minRows: 2, maxRows: 4 }} maxLength={200} data-testid="erase-reason" /></Form.Item>
      </Form>
    </Modal>
  );
}
