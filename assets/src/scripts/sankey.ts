// The thread as flows: red nodes only at the goal end, pale gold flows, dashed red where it is not connected.
import { text, token, tooltip } from "./look";

/** What the page says. `state` of a flow: approved, proposed, or missing where the thread is not connected. */
export type SankeyData = {
  title: string;
  unit: string;
  nodes: { id: string; name: string; layer: number; goal?: boolean; missing?: boolean }[];
  flows: { from: string; to: string; value: number; state: "approved" | "proposed" | "missing" }[];
};

const flow = {
  approved: { color: token("--gold-300"), opacity: 0.6 },
  proposed: { color: token("--gold-100"), opacity: 0.9 },
  missing: { color: token("--crit-b"), opacity: 0.28 },
};

export const sankey = (data: SankeyData) => {
  const names = new Map(data.nodes.map(({ id, name }) => [id, name]));
  const last = Math.max(...data.nodes.map(({ layer }) => layer));
  const out = new Map<string, number>();
  const into = new Map<string, number>();
  for (const { from, to, value } of data.flows) {
    out.set(from, (out.get(from) ?? 0) + value);
    into.set(to, (into.get(to) ?? 0) + value);
  }
  const total = (id: string) => Math.max(out.get(id) ?? 0, into.get(id) ?? 0);
  return {
    aria: { enabled: true, label: { description: data.title } },
    tooltip: {
      ...tooltip,
      trigger: "item" as const,
      formatter: ({ data: at }: { data: { source?: string; target?: string; name?: string; value: number } }) =>
        at.source
          ? `${names.get(at.source)} → ${names.get(at.target ?? "")}\n${at.value} ${data.unit}`
          : `${names.get(at.name ?? "")}\n${total(at.name ?? "")} ${data.unit}`,
    },
    series: [
      {
        type: "sankey" as const,
        left: 150,
        right: 240,
        top: 12,
        bottom: 12,
        nodeWidth: 12,
        nodeGap: 14,
        draggable: false,
        emphasis: { focus: "trajectory" as const, lineStyle: { color: token("--gold"), opacity: 0.85 } },
        data: data.nodes.map(({ id, layer, goal, missing }) => ({
          name: id,
          depth: layer,
          itemStyle: missing
            ? { color: token("--white"), borderColor: token("--crit-b"), borderType: "dashed" as const, borderWidth: 1.5 }
            : { color: token(goal ? "--sdg4" : "--gold-text"), borderWidth: 0 },
          label: {
            position: layer === 0 ? ("left" as const) : ("right" as const),
            ...text(13, missing ? "--crit" : "--ink"),
            fontFamily: token("--font-text"),
            rich: { n: { ...text(14, missing ? "--crit" : "--ink"), fontWeight: 600 as const } },
            ...(layer > 0 && layer < last ? { backgroundColor: "rgba(255,255,255,.86)", padding: [2, 5] } : {}),
            // A short name in the middle takes only its own width, so that its plate hides no more than it must.
            ...(layer > 0 && layer < last && (names.get(id) ?? "").length < 24 ? {} : { width: layer === 0 ? 140 : layer === last ? 215 : 190 }),
            overflow: "truncate" as const,
            formatter: `${names.get(id)}  {n|${total(id)}}`,
          },
        })),
        links: data.flows.map(({ from, to, value, state }) => ({ source: from, target: to, value, lineStyle: flow[state] })),
      },
    ],
  };
};
