import { Form, Input, Modal, Radio, Select } from 'antd';
import type { Block, BlockKind } from '../../../api/identifiers';
import { post } from '../../../api/client';
import { useWords } from '../../../context/preferences';
import { useSession } from '../../../context/session';
import { useNodeOptions } from '../../access/GrantFields';
import { useChange } from '../../access/useChange';
import { blocksPath, isHandle, isOperator } from './block';

interface Values { kind: BlockKind; identifier?: string; party?: string; reason: string }

function Target({ kind }: { kind: BlockKind }) {
  const { t } = useWords();
  // The whole installation is nobody who could be blocked.
  const parties = useNodeOptions('/api/parties').filter((one) => one.value !== 'root');
  const required = { required: true, message: t('required') };
  if (kind === 'party') return <Form.Item name="party" label={t('block.kind.party')} rules={[required]}><Select showSearch={{ optionFilterProp: 'title' }} options={parties} data-testid="block-party" /></Form.Item>;
  const whole = { validator: (_: unknown, value: string | undefined) => (value === undefined || value === '' || isHandle(value.trim()) ? Promise.resolve() : Promise.reject(new Error(t('block.identifier.bad')))) };
  return <Form.Item name="identifier" label={t('block.kind.identifier')} rules={[required, whole]}><Input className="mono" autoFocus placeholder="88.118.1/B-0001" data-testid="block-identifier" /></Form.Item>;
}

/** Blocks an identifier or a party; of a drawer the identifier that stands in it. */
export function AddBlock({ handle, onClose }: { handle?: string; onClose: () => void }) {
  const { t } = useWords();
  const { me } = useSession();
  const { change, busy } = useChange(blocksPath);
  const [form] = Form.useForm<Values>();
  const kind = Form.useWatch('kind', form) ?? 'identifier';
  const submit = async (values: Values) => {
    const target = handle ?? (values.kind === 'party' ? values.party : values.identifier?.trim());
    if (await change(() => post<Block>(blocksPath, { kind, target, reason: values.reason.trim() }), t('block.done')) !== null) onClose();
  };
  return (
    <Modal open title={handle === undefined ? t('block.add') : t('block.ask', { target: handle })} onCancel={onClose} onOk={() => { form.submit(); }} confirmLoading={busy} okText={t('block.do')} cancelText={t('cancel')} okButtonProps={{ danger: true, 'data-testid': 'block-send' }}>
      <Form form={form} layout="vertical" initialValues={{ kind: 'identifier' }} onFinish={(values) => void submit(values)} data-testid="block-form">
        <Form.Item name="kind" hidden={handle !== undefined || !isOperator(me)}><Radio.Group options={(['identifier', 'party'] as const).map((one) => ({ value: one, label: <span data-testid={`block-kind-${one}`}>{t(`block.kind.${one}`)}</span> }))} /></Form.Item>
        <p className="quiet" style={{ marginBottom: 12 }}>{t(`block.kind.${kind}.help`)}</p>
        {handle === undefined && <Target kind={kind} />}
        <Form.Item name="reason" label={t('block.reason')} rules={[{ required: true, whitespace: true, message: t('required') }]}><Input.TextArea autoFocus={handle !== undefined} autoSize={{ minRows: 2, maxRows: 6 }} maxLength={1000} data-testid="block-reason" /></Form.Item>
      </Form>
    </Modal>
  );
}
