import { useQueryClient } from '@tanstack/react-query';
import { App, Button, Form, Input, InputNumber, Select, Switch } from 'antd';
import { useState } from 'react';
import { post, segment } from '../../api/client';
import { useRows } from '../../api/hooks';
import type { CommandInfo, CommandSent, PropertyInfo } from '../../api/types';
import { useWords } from '../../context/preferences';
import { useSession } from '../../context/session';
import { unitSign } from '../../format/units';
import { known } from '../../i18n/translate';
import type { TypedThing } from '../directory/thing';
import { Panel } from '../../ui/page';
import { useProblemWords } from '../../ui/problemWords';
import { Ago } from '../../ui/time';
import { Empty } from '../../ui/waiting';

function commandsOf(thing: TypedThing): CommandInfo[] {
  return thing.typeInfo.commands ?? [];
}

function Parameter({ info, ...rest }: { info: PropertyInfo }) {
  const { label, language } = useWords();
  switch (info.type) {
    case 'number': return <InputNumber {...rest} style={{ width: '100%' }} suffix={unitSign(info.unit, language)} />;
    case 'boolean': return <Switch {...rest} />;
    case 'enumeration': return <Select {...rest} options={(info.values ?? []).map((value) => ({ value: value.id, label: label(value.name) }))} />;
    default: return <Input {...rest} />;
  }
}

function Sender({ thing, commands }: { thing: TypedThing; commands: CommandInfo[] }) {
  const { t, label } = useWords();
  const { message } = App.useApp();
  const client = useQueryClient();
  const problemWords = useProblemWords();
  const [chosen, choose] = useState(commands[0]?.id ?? '');
  const [form] = Form.useForm<Record<string, unknown>>();
  const command = commands.find((one) => one.id === chosen);
  const submit = (parameters: Record<string, unknown>) => {
    post(`/api/things/${segment(thing.id)}/commands`, { command: chosen, parameters })
      .then(() => { void message.success(t('commands.sent')); void client.invalidateQueries({ queryKey: ['rows', `/api/things/${segment(thing.id)}/commands`] }); })
      .catch((error: unknown) => { const words = problemWords(error); void message.error(words.line); });
  };
  return (
    <Form form={form} layout="vertical" onFinish={submit} data-testid="command-form">
      <Form.Item label={t('commands.command')}><Select value={chosen} onChange={choose} options={commands.map((one) => ({ value: one.id, label: label(one.name) || one.id }))} /></Form.Item>
      {(command?.parameters ?? []).map((info) => <Form.Item key={info.id} name={info.id} label={label(info.name) || info.id} valuePropName={info.type === 'boolean' ? 'checked' : 'value'}><Parameter info={info} /></Form.Item>)}
      <Button type="primary" htmlType="submit" data-testid="command-send">{t('commands.send')}</Button>
    </Form>
  );
}

export function CommandPanel({ thing }: { thing: TypedThing }) {
  const { t } = useWords();
  const { can } = useSession();
  const { label } = useWords();
  const commands = commandsOf(thing);
  const name = (id: string) => label(commands.find((one) => one.id === id)?.name) || id;
  const sent = useRows<CommandSent>(`/api/things/${segment(thing.id)}/commands`, {}, { refetch: 5000 });
  const status = (text: string) => { const key = `commands.status.${text}`; return known(key) ? t(key) : text; };
  return (
    <Panel title={t('commands.title')} testId="commands">
      <div className="stack">
        {commands.length === 0 ? <p className="quiet">{t('commands.none')}</p> : can('operate') && <Sender thing={thing} commands={commands} />}
        {sent.items.length === 0 && commands.length > 0 && <Empty title={t('commands.empty')} help={t('commands.empty.help')} />}
        {sent.items.length > 0 && (
          <table className="plain-table">
            <thead><tr><th>{t('commands.command')}</th><th>{t('state')}</th><th>{t('commands.reply')}</th><th>{t('commands.by')}</th><th className="num">{t('time')}</th></tr></thead>
            <tbody>{sent.items.map((one) => <tr key={one.id}><td>{name(one.command)}</td><td>{status(one.status)}</td><td className="mono">{one.reply === null ? '–' : JSON.stringify(one.reply)}</td><td>{one.by}</td><td className="num"><Ago at={one.at} /></td></tr>)}</tbody>
          </table>
        )}
      </div>
    </Panel>
  );
}
