import { Button, Form, Input, Modal, Popconfirm } from 'antd';
import { useState } from 'react';
import type { CompanyPrefix, Prefix } from '../../../api/identifiers';
import { post, request, segment } from '../../../api/client';
import { useRows } from '../../../api/hooks';
import { useWords } from '../../../context/preferences';
import { ProblemView } from '../../../ui/problem';
import { Section } from '../../../ui/side';
import { Ago } from '../../../ui/time';
import { useChange } from '../../access/useChange';
import { PrefixState } from './PrefixState';

const path = '/api/company-prefixes';
const pathOf = (digits: string, prefix: string) => `${path}/${segment(digits)}/${segment(prefix)}`;

function Refuse({ one, onClose }: { one: CompanyPrefix; onClose: () => void }) {
  const { t } = useWords();
  const { change, busy } = useChange(path);
  const [form] = Form.useForm<{ why: string }>();
  const refuse = async ({ why }: { why: string }) => {
    if (await change(() => post<CompanyPrefix>(`${pathOf(one.digits, one.prefix)}/refuse`, { why: why.trim() })) !== null) onClose();
  };
  return (
    <Modal open title={`${t('prefix.do.refuse')} ${one.digits}`} onCancel={onClose} onOk={() => { form.submit(); }} confirmLoading={busy} okText={t('prefix.do.refuse')} cancelText={t('cancel')} okButtonProps={{ danger: true, 'data-testid': 'company-refuse-send' }}>
      <Form form={form} layout="vertical" onFinish={(values) => void refuse(values)}>
        <Form.Item name="why" label={t('prefix.why')} rules={[{ required: true, whitespace: true, message: t('required') }]}><Input.TextArea autoFocus autoSize={{ minRows: 2, maxRows: 6 }} maxLength={1000} /></Form.Item>
      </Form>
    </Modal>
  );
}

function One({ one }: { one: CompanyPrefix }) {
  const { t } = useWords();
  const { change, busy } = useChange(path);
  const [refusing, refuse] = useState(false);
  const { digits, prefix } = one;
  return (
    <li data-testid="company-prefix" data-id={digits}>
      <div className="row wrap">
        <b className="mono">{digits}</b><PrefixState state={one.state} /><span className="quiet small">{one.byName} · <Ago at={one.changed} /></span><span className="grow" />
        {one.mayReview && one.state === 'applied' && <Button size="small" type="primary" loading={busy} onClick={() => void change(() => post<CompanyPrefix>(`${pathOf(digits, prefix)}/approve`, {}))} data-testid="company-approve">{t('prefix.do.approve')}</Button>}
        {one.mayReview && one.state === 'applied' && <Button size="small" onClick={() => { refuse(true); }} data-testid="company-refuse">{t('prefix.do.refuse')}</Button>}
        {(one.mayReview || one.mayConfigure) && <Popconfirm title={t('company.withdraw.ask', { digits })} okText={t('prefix.do.withdraw')} okButtonProps={{ danger: true }} cancelText={t('cancel')} onConfirm={() => void change(() => request('DELETE', pathOf(digits, prefix)).then(() => true))}><Button size="small" danger data-testid="company-withdraw">{t('prefix.do.withdraw')}</Button></Popconfirm>}
      </div>
      {one.why !== null && <p className="quiet break">{one.why}</p>}
      {refusing && <Refuse one={one} onClose={() => { refuse(false); }} />}
    </li>
  );
}

/** The GS1 Company Prefixes whose keys are identifiers below a prefix. */
export function CompanyPrefixes({ prefix }: { prefix: Prefix }) {
  const { t } = useWords();
  const rows = useRows<CompanyPrefix>(path, { prefix: prefix.prefix });
  const { change, busy } = useChange(path);
  const [digits, type] = useState('');
  const ask = async () => {
    if (await change(() => request<CompanyPrefix>('PUT', pathOf(digits, prefix.prefix))) !== null) type('');
  };
  return (
    <Section title={t('company')}>
      {rows.error !== null && <ProblemView error={rows.error} retry={rows.retry} />}
      {rows.items.length > 0 && <ul className="value-list">{rows.items.map((one) => <One key={one.digits} one={one} />)}</ul>}
      {!rows.loading && rows.error === null && rows.items.length === 0 && <p className="faint small">{t('company.none')}</p>}
      {prefix.mayConfigure && prefix.state === 'active' && (
        <div className="row">
          <Input value={digits} onChange={(event) => { type(event.target.value.replace(/\D/g, '')); }} inputMode="numeric" maxLength={12} placeholder={t('company.digits')} className="mono" style={{ maxWidth: 240 }} data-testid="company-digits" />
          <Button disabled={digits.length < 4} loading={busy} onClick={() => void ask()} data-testid="company-ask">{t('company.ask')}</Button>
        </div>
      )}
    </Section>
  );
}
