// Every sign is drawn where the browser put it, so that lines break as on the screen.
if (!window.sqPictures) {
  window.sqPictures = true;
  const AIR = 8, TIMES = 2;
  // An ideograph may begin a line wherever it stands, a word only after a space.
  const broken = (pen, said, wide) => said.split(/(?<=\s)|(?<=[\u2e80-\uffef])/u).reduce((lines, part) => {
    const longer = lines.at(-1) + part;
    if (lines.at(-1) && pen.measureText(longer.trimEnd()).width > wide) lines.push(part); else lines[lines.length - 1] = longer;
    return lines;
  }, ['']);
  // The words around a picture are those around the chart on the page, in their own look.
  const framed = (inner, from) => {
    const before = (selector) => [...document.querySelectorAll(selector)].filter((one) => one.compareDocumentPosition(from) & Node.DOCUMENT_POSITION_FOLLOWING).pop();
    const title = before('.sq h2'), sub = title?.parentElement.querySelector('.sq-sub'), footer = document.querySelector('.sq-footer');
    const canvas = document.createElement('canvas'), pen = canvas.getContext('2d'), wide = inner.width / TIMES;
    const texts = [title, sub, footer].map((one) => {
      if (!one) return {lines: [], step: 0};
      const look = getComputedStyle(one), size = parseFloat(look.fontSize);
      const font = pen.font = `${look.fontWeight} ${look.fontSize} ${look.fontFamily}`;
      return {font, colour: look.color, step: 1.4 * size, lines: broken(pen, one.textContent.trim(), wide - 2 * AIR)};
    });
    const tall = ([...all]) => all.reduce((sum, {lines, step}) => sum + lines.length * step, 2 * AIR);
    const above = tall(texts.slice(0, 2));
    canvas.width = inner.width;
    canvas.height = inner.height + Math.ceil(TIMES * (above + tall(texts.slice(2))));
    pen.scale(TIMES, TIMES);
    pen.fillStyle = getComputedStyle(document.querySelector('[data-testid=stApp]')).backgroundColor;
    pen.fillRect(0, 0, wide, canvas.height);
    pen.drawImage(inner, 0, above, wide, inner.height / TIMES);
    pen.textBaseline = 'middle';
    let top = AIR;
    texts.forEach(({lines, font, colour, step}, number) => {
      if (number === 2) top = above + inner.height / TIMES + AIR;
      Object.assign(pen, {font, fillStyle: colour});
      for (const line of lines) { pen.fillText(line.trimEnd(), AIR, top + step / 2); top += step; }
    });
    return canvas;
  };
  const save = (canvas, name) => canvas.toBlob((file) => {
    const link = document.createElement('a');
    link.href = URL.createObjectURL(file);
    link.download = name;
    link.click();
    setTimeout(() => URL.revokeObjectURL(link.href), 10000);
  });
  const drawn = (table, ground) => {
    const all = table.getBoundingClientRect(), canvas = document.createElement('canvas'), pen = canvas.getContext('2d'), range = document.createRange();
    canvas.width = (all.width + 2 * AIR) * TIMES;
    canvas.height = (all.height + 2 * AIR) * TIMES;
    pen.scale(TIMES, TIMES);
    pen.fillStyle = ground;
    pen.fillRect(0, 0, all.width + 2 * AIR, all.height + 2 * AIR);
    pen.translate(AIR - all.left, AIR - all.top);
    pen.textBaseline = 'middle';
    for (const cell of table.querySelectorAll('th, td')) {
      const box = cell.getBoundingClientRect(), look = getComputedStyle(cell), words = document.createTreeWalker(cell, NodeFilter.SHOW_TEXT);
      if (cell.matches('td')) { pen.fillStyle = look.backgroundColor; pen.fillRect(box.left, box.top, box.width, box.height); }
      while (words.nextNode()) {
        const node = words.currentNode, style = getComputedStyle(node.parentElement);
        pen.fillStyle = style.color;
        // A shorthand of a style with tabular figures is empty.
        pen.font = `${style.fontStyle} ${style.fontWeight} ${style.fontSize} ${style.fontFamily}`;
        for (let at = 0; at < node.length; at += 1) {
          range.setStart(node, at);
          range.setEnd(node, at + 1);
          const place = range.getBoundingClientRect();
          if (place.width) pen.fillText(node.data[at], place.left, place.top + place.height / 2);
        }
      }
    }
    return canvas;
  };
  document.addEventListener('click', (event) => {
    const button = event.target.closest('.sq-picture');
    const table = button && [...document.querySelectorAll('.sq-heat table')].find((one) => button.compareDocumentPosition(one) & Node.DOCUMENT_POSITION_FOLLOWING);
    if (!table) return;
    save(framed(drawn(table, getComputedStyle(document.querySelector('[data-testid=stApp]')).backgroundColor), table), `${button.dataset.name}.png`);
  });
  // Plotly hands its picture over by clicking a link of its own, which lives no longer than that click.
  let chart = null;
  document.addEventListener('click', (event) => {
    chart = event.target.closest('.modebar-btn')?.closest('.stPlotlyChart') ?? chart;
    const link = event.target.closest('a[download$=".png"][href^="blob:"]');
    if (!link || !chart) return;
    event.preventDefault();
    const from = chart, name = link.download;
    fetch(link.href).then((answer) => answer.blob()).then(createImageBitmap).then((picture) => save(framed(picture, from), name));
  }, true);
}
