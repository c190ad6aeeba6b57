import { InboxOutlined } from '@ant-design/icons';
import { Button, Progress, Segmented, Upload } from 'antd';
import { useState } from 'react';
import { useWords } from '../../../context/preferences';
import { bytes, number } from '../../../format/numbers';
import { ProblemView } from '../../../ui/problem';
import type { Outcome } from './outcome';
import { PreviewTable, usePreview } from './Preview';
import { RejectedRows } from './RejectedRows';
import { kindOf } from './rows';
import { useRegistration, type Mode, type Registration } from './useRegistration';

const example = 'handle,template,ttl,read,URL,DESC\r\n88.118.1/A-0001,,86400,public,https://example.cn/a-0001,\r\n88.118.1/A-0002,,,owner,https://example.cn/a-0002,\r\n';
const results = ['created', 'changed', 'unchanged', 'rejected'] as const;

function Choose({ onChosen }: { onChosen: (file: File) => void }) {
  const { t } = useWords();
  return (
    <div className="stack tight">
      <Upload.Dragger accept=".csv,.txt,.ndjson,.jsonl,.json" showUploadList={false} beforeUpload={(file) => { onChosen(file); return false; }} data-testid="bulk-file">
        <p><InboxOutlined style={{ fontSize: 28 }} /></p>
        <p className="strong">{t('bulk.drop')}</p>
        <p className="quiet small" style={{ padding: '0 16px' }}>{t('bulk.drop.help')}</p>
      </Upload.Dragger>
      <div><a href={`data:text/csv;charset=utf-8,${encodeURIComponent(example)}`} download="identifiers.csv">{t('bulk.example')}</a></div>
    </div>
  );
}

function Counts({ outcome }: { outcome: Outcome }) {
  const { t, language } = useWords();
  return <div className="outcome" data-testid="bulk-outcome">{results.map((result) => <span key={result} data-testid={`bulk-${result}`}>{t(`bulk.${result}`)}<b>{number(outcome[result], language)}</b></span>)}</div>;
}

function Progressing({ state, size, onStop }: { state: Registration; size: number; onStop: () => void }) {
  const { t, language } = useWords();
  const { going, outcome, fault } = state;
  const count = number(outcome.received, language);
  const share = Math.floor((100 * outcome.read) / Math.max(size, 1));
  return (
    <div className="stack tight" data-testid="bulk-state" data-going={going}>
      {going === 'sending' && <div className="row"><span className="grow" role="status">{t('bulk.sending', { count })}</span><Button onClick={onStop} data-testid="bulk-stop">{t('bulk.stop')}</Button></div>}
      {going === 'sending' && <Progress percent={share} showInfo={false} size="small" aria-label={t('bulk.sending', { count })} />}
      {going === 'done' && <strong role="status">{t('bulk.done', { count })}</strong>}
      {going === 'stopped' && <p className="callout" role="status">{t('bulk.stopped')}</p>}
      {fault !== null && <><p className="callout" role="alert">{t('bulk.failed', { row: number(fault.row, language) })}</p><ProblemView error={fault.error} /></>}
      <Counts outcome={outcome} />
    </div>
  );
}

/** Many identifiers from a file: looked at first, sent in parts, answered row by row. */
export function Register() {
  const { t, language } = useWords();
  const [file, choose] = useState<File | null>(null);
  const [mode, setMode] = useState<Mode>('create');
  const { state, send, stop, clear } = useRegistration();
  const kind = kindOf(file?.name ?? '');
  const preview = usePreview(file, kind);
  if (file === null) return <Choose onChosen={choose} />;
  const ready = preview.data !== undefined && preview.data !== null && !preview.data.fault && preview.data.rows.length > 0;
  const sending = state?.going === 'sending';
  return (
    <>
      <div className="row wrap">
        <b className="clip">{file.name}</b><span className="quiet">{kind.toUpperCase()} · {bytes(file.size, language)}</span>
        <span className="grow" />
        {!sending && <Button onClick={() => { choose(null); clear(); }} data-testid="bulk-other">{t('bulk.other')}</Button>}
        {state === null && <Button type="primary" disabled={!ready} onClick={() => { send(file, kind, mode); }} data-testid="bulk-send">{t('bulk.send')}</Button>}
      </div>
      {state === null ? (
        <>
          <div className="row wrap"><span className="quiet">{t('bulk.mode')}</span><Segmented value={mode} onChange={(value) => { setMode(value); }} options={(['create', 'put'] as const).map((one) => ({ value: one, label: <span data-testid={`bulk-mode-${one}`}>{t(`bulk.mode.${one}`)}</span> }))} /></div>
          <PreviewTable preview={preview} />
        </>
      ) : (
        <>
          <Progressing state={state} size={file.size} onStop={stop} />
          {state.outcome.rejected > 0 ? <RejectedRows outcome={state.outcome} name={file.name} /> : state.going === 'done' && <p className="quiet">{t('bulk.rejected.none')}</p>}
        </>
      )}
    </>
  );
}
