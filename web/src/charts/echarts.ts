import { BarChart, GraphChart, LineChart } from 'echarts/charts';
import { DataZoomComponent, GridComponent, MarkLineComponent, ToolboxComponent, TooltipComponent } from 'echarts/components';
import { init, use as register } from 'echarts/core';
import { LabelLayout } from 'echarts/features';
import { CanvasRenderer } from 'echarts/renderers';

register([LineChart, BarChart, GraphChart, GridComponent, TooltipComponent, DataZoomComponent, MarkLineComponent, ToolboxComponent, LabelLayout, CanvasRenderer]);

export { init };
