// A line of readings against a line of targets; a missing reading is a gap, never a zero.
import { text, token, tooltip } from "./look";

/** What the page says: labels of the periods, and per series one value or null for each. */
export type LineData = {
  title: string;
  unit: string;
  periods: string[];
  series: { name: string; kind: "actual" | "target" | "baseline"; values: (number | null)[] }[];
};

const look = {
  actual: { symbol: "circle", lineStyle: { width: 2.5, type: "solid" as const }, colour: "--act", filled: true },
  target: { symbol: "diamond", lineStyle: { width: 1.75, type: "dotted" as const }, colour: "--ink-3", filled: false },
  baseline: { symbol: "rect", lineStyle: { width: 0 }, colour: "--act", filled: false },
};

/** Room below the lowest reading; a line need not start at zero, and never begins below it when nothing is negative. */
const room = ({ min, max }: { min: number; max: number }) => {
  const lower = Math.floor(min - (max - min) * 0.2);
  return min >= 0 ? Math.max(0, lower) : lower;
};

export const line = (data: LineData) => ({
  aria: { enabled: true, decal: { show: true }, label: { description: data.title } },
  tooltip: { ...tooltip, trigger: "axis" as const },
  legend: { bottom: 0, textStyle: text(), icon: undefined, itemWidth: 28 },
  grid: { left: 8, right: 16, top: 34, bottom: 44, containLabel: true },
  xAxis: { type: "category" as const, data: data.periods, axisLabel: text(13, "--ink-3"), axisLine: { lineStyle: { color: token("--line-2") } }, axisTick: { show: false } },
  yAxis: { type: "value" as const, name: data.unit, scale: true, min: room, nameTextStyle: { ...text(13, "--ink-3"), align: "left" as const }, axisLabel: text(13, "--ink-3"), splitLine: { lineStyle: { color: token("--line") } } },
  series: data.series.map(({ name, kind, values }) => {
    const { symbol, lineStyle, colour, filled } = look[kind];
    return {
      type: "line" as const,
      name,
      data: values,
      symbol,
      symbolSize: 9,
      connectNulls: false,
      lineStyle: { ...lineStyle, color: token(colour) },
      itemStyle: { color: filled ? token(colour) : token("--white"), borderColor: token(colour), borderWidth: 2 },
      label: { show: kind !== "target", position: "top" as const, distance: 6, ...text(13, "--ink") },
    };
  }),
});
