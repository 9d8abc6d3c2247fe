// Draws the charts of a page beside their tables. Every `.plot` names its kind and the JSON block with its data.
import { LineChart, SankeyChart } from "echarts/charts";
import { AriaComponent, GridComponent, LegendComponent, TooltipComponent } from "echarts/components";
import { init, use } from "echarts/core";
import { SVGRenderer } from "echarts/renderers";
import { line, type LineData } from "./line";
import { sankey, type SankeyData } from "./sankey";

use([LineChart, SankeyChart, GridComponent, TooltipComponent, LegendComponent, AriaComponent, SVGRenderer]);

const still = matchMedia("(prefers-reduced-motion: reduce)").matches;

/** Draws every plot; one whose data block is missing stays empty, its table still stands beside it. */
export function drawAll(plots: Iterable<HTMLElement>): void {
  for (const plot of plots) {
    const block = document.getElementById(plot.dataset["data"] ?? "");
    if (!block?.textContent) continue;
    const data: unknown = JSON.parse(block.textContent);
    plot.classList.add("on");
    // The style sheet hides pictures that would not fit a phone; the table says the same.
    if (plot.clientWidth === 0) continue;
    const chart = init(plot, null, { renderer: "svg" });
    const option = plot.dataset["chart"] === "sankey" ? sankey(data as SankeyData) : line(data as LineData);
    chart.setOption({ ...option, animation: !still });
    let width = plot.clientWidth;
    new ResizeObserver(() => {
      // While a picture is hidden it has no width and keeps the one it had.
      if (plot.clientWidth === 0 || plot.clientWidth === width) return;
      width = plot.clientWidth;
      chart.resize();
    }).observe(plot);
  }
}
