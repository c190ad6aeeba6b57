import { useQueryClient } from '@tanstack/react-query';
import { App, Button, Form, Input, Select, Tooltip } from 'antd';
import { useState } from 'react';
import { useAll } from '../../api/all';
import { post, segment } from '../../api/client';
import type { CaseDetail, Transition } from '../../api/types';
import { useWords } from '../../context/preferences';
import { useProblemWords } from '../../ui/problemWords';
import { Section } from '../../ui/side';
import { fieldList } from './fields';
import { FieldInputs } from './FieldInputs';

interface Values { fields?: Record<string, unknown>; assignee?: string; comment?: string }
const commentRequired = (transition: Transition) => transition.comment === true || transition.comment === 'required';
const asks = (transition: Transition) => transition.requires.length > 0 || transition.assigns || commentRequired(transition);

function useTransit(item: CaseDetail, onDone: () => void) {
  const { message } = App.useApp();
  const client = useQueryClient();
  const problemWords = useProblemWords();
  const [busy, setBusy] = useState<string | null>(null);
  const transit = (transition: Transition, values: Values) => {
    setBusy(transition.id);
    post(`/api/cases/${segment(item.id)}/transitions/${segment(transition.id)}`, { fields: {}, ...values }, { 'If-Match': `"${item.version}"`, 'Idempotency-Key': crypto.randomUUID() })
      .then(onDone)
      .catch((error: unknown) => { const words = problemWords(error); void message.error(words.line); })
      .finally(() => { setBusy(null); void client.invalidateQueries({ queryKey: ['rows', '/api/cases'] }); void client.invalidateQueries({ queryKey: ['one', `/api/cases/${segment(item.id)}`] }); });
  };
  return { transit, busy };
}

function TransitionForm({ item, transition, onCancel, onSubmit, busy }: { item: CaseDetail; transition: Transition; onCancel: () => void; onSubmit: (values: Values) => void; busy: boolean }) {
  const { t, label } = useWords();
  const people = useAll<{ id: string; name: string }>('/api/assignees', { party: item.party }, transition.assigns, 30_000);
  const fields = fieldList(item.fieldInfo).filter((info) => transition.requires.includes(info.id));
  const required = [{ required: true, message: t('required') }];
  return (
    <Form layout="vertical" onFinish={onSubmit} initialValues={{ fields: Object.fromEntries(fields.map((info) => [info.id, item.fields[info.id] ?? undefined])), assignee: item.assignee ?? undefined }} data-testid="case-transition-form" className="inset">
      {transition.assigns && <Form.Item name="assignee" label={t('cases.assign.to')} rules={required}><Select autoFocus showSearch={{ optionFilterProp: 'label' }} options={(people.data ?? []).map((person) => ({ value: person.id, label: person.name }))} data-testid="case-assignee" /></Form.Item>}
      <FieldInputs fields={fields} required={transition.requires} />
      <Form.Item name="comment" label={commentRequired(transition) ? t('cases.comment') : t('optional.of', { name: t('cases.comment') })} rules={commentRequired(transition) ? required : []}><Input.TextArea autoSize={{ minRows: 2, maxRows: 6 }} data-testid="case-transition-comment" /></Form.Item>
      <div className="row"><Button type="primary" htmlType="submit" loading={busy} data-testid="case-transition-submit">{label(transition.name)}</Button><Button onClick={onCancel}>{t('cancel')}</Button></div>
    </Form>
  );
}

/** What may be done now as buttons; what needs words asks for them in place. What may not is shown with its reason. */
export function CaseActions({ item }: { item: CaseDetail }) {
  const { t, label } = useWords();
  const [chosen, choose] = useState<string | null>(null);
  const { transit, busy } = useTransit(item, () => { choose(null); });
  const transition = item.transitions.find((one) => one.id === chosen && one.allowed);
  const allowed = item.transitions.some((one) => one.allowed);
  return (
    <Section title={t('cases.act')}>
      {item.transitions.length === 0 && <p className="quiet">{t('cases.act.none')}</p>}
      <div className="row wrap">
        {item.transitions.map((one, index) => (
          <Tooltip key={one.id} title={one.allowed ? '' : label(one.why)}>
            <Button type={one.allowed && index === item.transitions.findIndex((other) => other.allowed) ? 'primary' : 'default'} disabled={!one.allowed} loading={busy === one.id} data-testid={`case-transition-${one.id}`} onClick={() => { if (asks(one)) choose(one.id); else transit(one, {}); }}>{label(one.name)}</Button>
          </Tooltip>
        ))}
      </div>
      {!allowed && <ul className="why-not" data-testid="case-why-not">{item.transitions.map((one) => <li key={one.id}>{t('cases.act.denied', { step: label(one.name), why: label(one.why) })}</li>)}</ul>}
      {transition !== undefined && <TransitionForm key={transition.id} item={item} transition={transition} busy={busy !== null} onCancel={() => { choose(null); }} onSubmit={(values) => { transit(transition, values); }} />}
    </Section>
  );
}
