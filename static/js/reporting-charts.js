// Draws the charts of the page of figures from the JSON beside them. Every figure also stands in a table; without this
// script nothing is missing but the drawing.
"use strict";

(() => {
  const words = document.getElementById("chart-words");
  const still = window.matchMedia("(prefers-reduced-motion: reduce)");
  const drawn = new Map();

  const token = (name) => getComputedStyle(document.documentElement).getPropertyValue(name).trim();
  const number = (value) => value.toLocaleString(document.documentElement.lang);
  const withUnit = (value, measure) => (value === null ? "—" : `${number(value)} ${measure}`.trim());

  function options(chart) {
    const isLine = chart.kind === "line";
    const text = { color: token("--portal-ink"), fontFamily: getComputedStyle(document.body).fontFamily };
    const names = {
      type: "category",
      data: chart.labels,
      inverse: !isLine,
      axisTick: { show: false },
      axisLine: { lineStyle: { color: token("--portal-line-strong") } },
      axisLabel: { ...text, ...(isLine ? { hideOverlap: true } : { width: 110, overflow: "truncate", interval: 0 }) },
    };
    const values = {
      type: "value",
      name: chart.measure,
      nameTextStyle: text,
      max: chart.most,
      minInterval: chart.values.every((value) => value === null || Number.isInteger(value)) ? 1 : 0,
      axisLabel: { ...text, hideOverlap: true },
      splitLine: { lineStyle: { color: token("--portal-line") } },
    };
    return {
      animation: !still.matches,
      textStyle: text,
      // Drawn on the canvas: a tooltip of HTML would need inline styles.
      tooltip: { trigger: "axis", renderMode: "richText", valueFormatter: (value) => withUnit(value, chart.measure) },
      grid: { left: 8, right: 64, top: isLine ? 32 : 8, bottom: 8, containLabel: true },
      xAxis: isLine ? names : values,
      yAxis: isLine ? values : names,
      series: [
        {
          name: chart.name,
          type: isLine ? "line" : "bar",
          data: chart.values,
          barMaxWidth: 22,
          symbolSize: 8,
          cursor: chart.urls.some(Boolean) ? "pointer" : "default",
          lineStyle: { color: token("--portal-action"), width: 2 },
          itemStyle: { color: token("--portal-action") },
          label: {
            show: chart.labels.length <= 30,
            position: isLine ? "top" : "right",
            formatter: ({ value }) => (typeof value === "number" ? number(value) : ""),
            ...text,
          },
        },
      ],
    };
  }

  function draw(box) {
    const data = document.getElementById(`${box.dataset.chart}-data`);
    if (!data || !window.echarts || drawn.has(box)) return;
    const chart = JSON.parse(data.textContent);
    if (chart.kind === "bar") box.style.height = `${Math.max(160, chart.labels.length * 30 + 48)}px`;
    const made = window.echarts.init(box, null, { renderer: "canvas" });
    made.setOption(options(chart));
    made.on("click", ({ dataIndex }) => {
      if (chart.urls[dataIndex]) window.location.assign(chart.urls[dataIndex]);
    });
    const watcher = new ResizeObserver(() => made.resize());
    watcher.observe(box);
    drawn.set(box, { made, chart, watcher });
    const button = document.querySelector(`[data-chart-picture="${box.dataset.chart}"]`);
    if (!button) return;
    button.hidden = false;
    button.addEventListener("click", () => takePicture(made, chart));
  }

  function takePicture(made, chart) {
    const link = document.createElement("a");
    link.href = made.getDataURL({ type: "png", pixelRatio: 2, backgroundColor: "#fff" });
    link.download = `${chart.name || words.dataset.file}.png`;
    link.click();
    const headers = JSON.parse(document.body.getAttribute("hx-headers") ?? "{}");
    fetch(words.dataset.pictureUrl, { method: "POST", headers, body: new URLSearchParams({ chart: chart.name }) });
  }

  function forgetGone() {
    for (const [box, { made, watcher }] of drawn) {
      if (document.contains(box)) continue;
      watcher.disconnect();
      made.dispose();
      drawn.delete(box);
    }
  }

  function drawAll() {
    forgetGone();
    for (const box of document.querySelectorAll("[data-chart]")) draw(box);
  }

  for (const button of document.querySelectorAll("[data-without-script]")) button.hidden = true;
  document.addEventListener("htmx:afterSettle", drawAll);
  drawAll();
})();
