export { METRIC_NAMES, type MetricName, type MetricReasons, type Metrics } from './names.ts';
export { createMetricsScratch, type MetricsScratch, summarise, type SummaryInput } from './summarise.ts';
