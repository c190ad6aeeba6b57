import { useQueryClient } from '@tanstack/react-query';
import { App, Button, Form, Input, InputNumber, Select, Switch } from 'antd';
import { useState } from 'react';
import { post, segment } from '../../api/client';
import { useRows } from '../../api/hooks';
import type { CommandInfo, CommandSent, ThingDetail } from '../../api/types';
import { useWords } from '../../context/preferences';
import { useSession } from '../../context/session';
import { known } from '../../i18n/translate';
import { Panel } from '../../ui/page';
import { useProblemWords } from '../../ui/problemWords';
import { Ago } from '../../ui/time';
import { Empty } from '../../ui/waiting';

function commandsOf(thing: ThingDetail): CommandInfo[] {
  const declared = thing.typeInfo.commands ?? [];
  return Array.isArray(declared) ? declared : Object.entries(declared).map(([id, info]) => ({ id, ...info }));
}

function Parameter({ type, values }: { type: string; values?: string[] }) {
  if (type === 'number') return <InputNumber style={{ width: '100%' }} />;
  if (type === 'enumeration') return <Select options={(values ?? []).map((value) => ({ value, label: value }))} />;
  return <Input />;
}

function Sender({ thing, commands }: { thing: ThingDetail; commands: CommandInfo[] }) {
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
      .catch((error: unknown) => { const words = problemWords(error); void message.error(`${words.title}。${words.help}`); });
  };
  return (
    <Form form={form} layout="vertical" onFinish={submit} data-testid="command-form">
      <Form.Item label={t('commands.command')}><Select value={chosen} onChange={choose} options={commands.map((one) => ({ value: one.id, label: label(one.name) || one.id }))} /></Form.Item>
      {Object.entries(command?.parameters ?? {}).map(([id, info]) => (
        <Form.Item key={id} name={id} label={id} valuePropName={info.type === 'boolean' ? 'checked' : 'value'}>{info.type === 'boolean' ? <Switch /> : <Parameter type={info.type} values={info.values} />}</Form.Item>
      ))}
      <Button type="primary" htmlType="submit" data-testid="command-send">{t('commands.send')}</Button>
    </Form>
  );
}

export function CommandPanel({ thing }: { thing: ThingDetail }) {
  const { t } = useWords();
  const { can } = useSession();
  const commands = commandsOf(thing);
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
            <tbody>{sent.items.map((one) => <tr key={one.id}><td>{one.command}</td><td>{status(one.status)}</td><td className="mono">{one.reply === null ? '–' : JSON.stringify(one.reply)}</td><td>{one.by}</td><td className="num"><Ago at={one.at} /></td></tr>)}</tbody>
          </table>
        )}
      </div>
    </Panel>
  );
}
