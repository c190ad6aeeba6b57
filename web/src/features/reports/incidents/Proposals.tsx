import { Button, Form, Input, Modal } from 'antd';
import { useState } from 'react';
import { post, segment } from '../../../api/client';
import type { Incident, ProposalItem } from '../../../api/incidents';
import { useWords } from '../../../context/preferences';
import { useSession } from '../../../context/session';
import { bandIcon } from '../../../ui/icons';
import { useOpen } from '../../../ui/open';
import { Section } from '../../../ui/side';
import { IncidentPicker } from './IncidentPicker';
import { Compared } from './Compared';
import { LikenessBars } from './LikenessBars';
import { useDo } from './useIncidentAct';

interface Asked { other: string | null; same: boolean }
interface Values { other?: string; reason: string }

/** Two incidents become one, or are said to be two; either needs a reason. */
export function Decide({ item, asked, onClose }: { item: Incident; asked: Asked; onClose: () => void }) {
  const { t } = useWords();
  const { open, opened } = useOpen();
  const { run, busy } = useDo();
  const [form] = Form.useForm<Values>();
  const required = [{ required: true, message: t('required') }];
  const submit = (values: Values) => {
    const other = asked.other ?? values.other ?? '';
    run(
      () => asked.same ? post(`/api/incidents/${segment(item.id)}/merge`, { into: other, reason: values.reason }) : post(`/api/incidents/${segment(item.id)}/proposals/${segment(other)}/refuse`, { reason: values.reason }),
      () => { onClose(); if (asked.same && opened('incident') === item.id) open('incident', other); },
    );
  };
  const word = t(asked.same ? 'proposals.merge' : 'proposals.refuse');
  return (
    <Modal open title={word} onCancel={onClose} onOk={() => { form.submit(); }} confirmLoading={busy} okText={word} cancelText={t('cancel')} okButtonProps={{ 'data-testid': 'decide-send' }}>
      <p className="quiet">{t(asked.same ? 'proposals.merge.help' : 'proposals.refuse.help')}</p>
      <Form form={form} layout="vertical" onFinish={submit} data-testid="decide-form">
        {asked.other === null && <Form.Item name="other" label={t('incidents.what')} rules={required}><IncidentPicker type={item.type} not={item.id} /></Form.Item>}
        <Form.Item name="reason" label={t('cases.reason')} rules={required}><Input.TextArea autoFocus autoSize={{ minRows: 2, maxRows: 6 }} maxLength={2000} data-testid="decide-reason" /></Form.Item>
      </Form>
    </Modal>
  );
}

function Card({ item, proposal, onAsk }: { item: Incident; proposal: ProposalItem; onAsk?: (asked: Asked) => void }) {
  const { t } = useWords();
  const { open } = useOpen();
  const [why, setWhy] = useState(false);
  return (
    <li data-testid="proposal" data-id={proposal.id} className="stack tight">
      <div className="row top"><button type="button" className="link grow clamp" onClick={() => { open('incident', proposal.id); }} title={proposal.title}>{proposal.title}</button><b className="nowrap">{t('likeness.score', { score: Math.round(proposal.score * 100) })}</b></div>
      <div className="row wrap"><span className="faint small">{proposal.id}</span><button type="button" className="link small" onClick={() => { setWhy(!why); }} aria-expanded={why} data-testid="proposal-why">{t(why ? 'proposals.less' : 'proposals.compare')}</button></div>
      {why && <><Compared item={item} other={proposal.id} /><LikenessBars why={proposal.why} /></>}
      {onAsk !== undefined && item.open && <div className="row wrap"><Button size="small" type="primary" onClick={() => { onAsk({ other: proposal.id, same: true }); }} data-testid="proposal-merge">{t('proposals.merge')}</Button><Button size="small" onClick={() => { onAsk({ other: proposal.id, same: false }); }} data-testid="proposal-refuse">{t('proposals.refuse')}</Button></div>}
    </li>
  );
}

/** What may be the same: a person says whether it is. */
export function ProposalList({ item, proposals }: { item: Incident; proposals: ProposalItem[] }) {
  const { t } = useWords();
  const { can } = useSession();
  const [asked, ask] = useState<Asked | null>(null);
  if (proposals.length === 0) return null;
  return (
    <section className="section callout" data-testid="proposals">
      <h2 className="mark"><i className="mark tone-orange">{bandIcon.orange}</i><span>{t('proposals.title')}</span></h2>
      <ul className="plain-list">{proposals.map((proposal) => <Card key={proposal.id} item={item} proposal={proposal} onAsk={can('operate') ? ask : undefined} />)}</ul>
      {asked !== null && <Decide item={item} asked={asked} onClose={() => { ask(null); }} />}
    </section>
  );
}

/** What was like it and is over: what was done then may help now. */
export function PastList({ item, history }: { item: Incident; history: ProposalItem[] }) {
  const { t } = useWords();
  if (history.length === 0) return null;
  return <Section title={t('incidents.history')}><ul className="plain-list" data-testid="past">{history.map((one) => <Card key={one.id} item={item} proposal={one} />)}</ul></Section>;
}
