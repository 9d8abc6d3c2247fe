// Charts load only where they are seen: the library comes when a plot is about to scroll into view, or before printing.
const plots = document.querySelectorAll<HTMLElement>(".plot[data-chart]");

let loading: Promise<void> | undefined;
const load = () => (loading ??= import("./charts").then(({ drawAll }) => drawAll(plots)));

const seen = new IntersectionObserver(
  (entries) => {
    if (entries.some(({ isIntersecting }) => isIntersecting)) {
      seen.disconnect();
      void load();
    }
  },
  { rootMargin: "200px" },
);
for (const plot of plots) if (plot.parentElement) seen.observe(plot.parentElement);
addEventListener("beforeprint", () => void load());
