import { AimOutlined, CameraOutlined, DeleteOutlined } from '@ant-design/icons';
import { Button, Input, Select } from 'antd';
import { useEffect, useMemo, useRef, useState } from 'react';
import { sendForm } from '../../../api/client';
import { toProblem } from '../../../api/problem';
import type { ReportAnswer } from '../../../api/incidents';
import { usePreferences, useWords } from '../../../context/preferences';
import { useZone } from '../../../context/zone';
import { ProblemView } from '../../../ui/problem';
import { bytesText } from '../../cases/fileSize';
import { useLookAgain } from '../incidents/useIncidentAct';
import { useIncidentType } from '../useTypes';
import { dropDraft, formOf, keepDraft, loadDraft, newDraft, type Draft } from './draft';
import { Became } from './Became';

const mostFiles = 10;

function Photo({ file, onRemove }: { file: File; onRemove: () => void }) {
  const { t } = useWords();
  const image = useMemo(() => (file.type.startsWith('image/') ? URL.createObjectURL(file) : null), [file]);
  useEffect(() => () => { if (image !== null) URL.revokeObjectURL(image); }, [image]);
  return (
    <li>
      {image === null ? <span className="file-name" title={file.name}><span className="clip">{file.name}</span></span> : <img src={image} alt={file.name} />}
      <span className="faint small">{bytesText(file.size)}</span>
      <button type="button" className="remove" onClick={onRemove} aria-label={t('reports.file.remove', { name: file.name })} title={t('delete')}><DeleteOutlined /></button>
    </li>
  );
}

function usePosition(onPosition: (at: Draft['position']) => void) {
  const [state, setState] = useState<'idle' | 'asking' | 'refused'>('idle');
  const find = () => {
    setState('asking');
    navigator.geolocation.getCurrentPosition(
      ({ coords }) => { setState('idle'); onPosition({ lon: Number(coords.longitude.toFixed(6)), lat: Number(coords.latitude.toFixed(6)) }); },
      () => { setState('refused'); },
      { enableHighAccuracy: true, timeout: 15_000 },
    );
  };
  return { state, find };
}

/** A report in a minute, on a telephone in the rain: what happened comes first, the rest is optional. */
export function ReportForm() {
  const { t, label } = useWords();
  const { exercise } = usePreferences();
  const type = useIncidentType(undefined);
  const zone = useZone();
  const lookAgain = useLookAgain();
  const [draft, setDraft] = useState<Draft>(() => loadDraft() ?? newDraft(''));
  const [files, setFiles] = useState<File[]>([]);
  const [busy, setBusy] = useState(false);
  const [error, setError] = useState<unknown>(null);
  const [answer, setAnswer] = useState<ReportAnswer | null>(null);
  const picker = useRef<HTMLInputElement>(null);
  // Pressed twice before the screen follows, it is still one report.
  const sending = useRef(false);
  const change = (part: Partial<Draft>) => { setDraft((before) => { const after = { ...before, ...part }; keepDraft(after); return after; }); };
  const { state, find } = usePosition((position) => { change({ position }); });
  const kinds = type?.sources ?? [];
  const sourceKind = kinds.some((one) => one.id === draft.sourceKind) ? draft.sourceKind : type?.source ?? '';
  const send = () => {
    if (sending.current || draft.text.trim() === '') return;
    sending.current = true;
    setBusy(true);
    setError(null);
    sendForm<ReportAnswer>('/api/reports', formOf({ ...draft, sourceKind }, files, exercise, zone), { wait: 3 }, { 'Idempotency-Key': draft.key })
      .then((got) => { dropDraft(); setAnswer(got); lookAgain(); })
      // It was taken in before what was changed since: the rest is another report.
      .catch((fault: unknown) => { setError(fault); if (toProblem(fault).code === 'key-reused') change({ key: crypto.randomUUID() }); })
      .finally(() => { sending.current = false; setBusy(false); });
  };
  const again = () => { setAnswer(null); setFiles([]); setDraft(newDraft(draft.sourceKind)); };
  if (answer !== null) return <Became answer={answer} onAgain={again} />;
  return (
    <form className="report-form" data-testid="report-form" onSubmit={(event) => { event.preventDefault(); send(); }}>
      <label className="wide"><b>{t('reports.form.what')}</b>
        <Input.TextArea autoFocus autoSize={{ minRows: 6, maxRows: 16 }} value={draft.text} onChange={(event) => { change({ text: event.target.value }); }} placeholder={t('reports.form.what.help')} data-testid="report-text-input" />
      </label>
      <label><span>{t('reports.form.place')}</span><Input value={draft.place} maxLength={300} onChange={(event) => { change({ place: event.target.value }); }} placeholder={t('reports.form.place.help')} data-testid="report-place" /></label>
      <div className="field"><span>{t('reports.position')}</span>
        <div className="row">
          <Button icon={<AimOutlined />} loading={state === 'asking'} onClick={find} data-testid="report-locate">{t(draft.position === null ? 'reports.form.locate' : 'reports.form.locate.again')}</Button>
          {draft.position !== null && <><span className="quiet small clip">{draft.position.lon.toFixed(4)}, {draft.position.lat.toFixed(4)}</span><button type="button" className="link" onClick={() => { change({ position: null }); }}>{t('delete')}</button></>}
          {state === 'refused' && <span className="quiet small">{t('reports.form.locate.refused')}</span>}
        </div>
      </div>
      <label><span>{t('reports.form.source')}</span><Input value={draft.source} maxLength={300} onChange={(event) => { change({ source: event.target.value }); }} placeholder={t('reports.form.source.help')} data-testid="report-source" /></label>
      <label><span>{t('reports.form.kind')}</span><Select value={sourceKind === '' ? undefined : sourceKind} onChange={(value: string) => { change({ sourceKind: value }); }} options={kinds.map((one) => ({ value: one.id, label: label(one.name) }))} data-testid="report-kind" /></label>
      <label><span>{t('reports.form.time')}</span><Input type="datetime-local" value={draft.time} onChange={(event) => { change({ time: event.target.value }); }} data-testid="report-time" /></label>
      <div className="field wide"><span>{t('reports.form.files')}</span>
        <input ref={picker} type="file" hidden multiple accept="image/*,video/mp4,application/pdf" onChange={(event) => { setFiles([...files, ...(event.target.files ?? [])].slice(0, mostFiles)); event.target.value = ''; }} data-testid="report-files" />
        <ul className="photos">{files.map((file, index) => <Photo key={`${file.name}${file.size}${index}`} file={file} onRemove={() => { setFiles(files.toSpliced(index, 1)); }} />)}{files.length < mostFiles && <li><button type="button" className="add" onClick={() => { picker.current?.click(); }}><CameraOutlined /><span>{t('reports.form.files.add')}</span></button></li>}</ul>
      </div>
      {error !== null && <div className="wide"><ProblemView error={error} /><p className="quiet small" data-testid="draft-kept">{t('reports.form.kept')}</p></div>}
      <div className="send wide"><Button type="primary" size="large" htmlType="submit" loading={busy} disabled={draft.text.trim() === ''} block data-testid="report-send">{t('reports.form.send')}</Button></div>
    </form>
  );
}
