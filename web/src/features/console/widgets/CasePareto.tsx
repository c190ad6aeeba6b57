import { CasesByField } from '../../cases/CasesByField';
import type { WidgetProps } from './props';

const usualDays = 90;

export function CasePareto({ widget, thing, wall }: WidgetProps) {
  return <CasesByField type={widget.case ?? ''} field={widget.field ?? ''} days={widget.days ?? usualDays} thing={thing} wall={wall} />;
}
