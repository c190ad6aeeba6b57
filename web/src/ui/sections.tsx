import { Segmented } from 'antd';
import { useLayoutEffect, useRef } from 'react';

/** The parts of a page, side by side in its head; the chosen one is in sight also where not all fit. */
export function Sections<T extends string>({ names, chosen, word, onChoose, testId }: { names: T[]; chosen: T; word: (name: T) => string; onChoose: (name: T) => void; testId: string }) {
  const box = useRef<HTMLDivElement>(null);
  useLayoutEffect(() => {
    const item = box.current?.querySelector<HTMLElement>('.ant-segmented-item-selected');
    if (item && box.current) box.current.scrollLeft = item.offsetLeft - (box.current.clientWidth - item.clientWidth) / 2;
  }, [chosen]);
  return (
    <div className="scroll-x" ref={box}>
      <Segmented value={chosen} onChange={onChoose} options={names.map((name) => ({ value: name, label: <span data-testid={`${testId}-${name}`}>{word(name)}</span> }))} />
    </div>
  );
}
