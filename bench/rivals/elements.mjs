// SPDX-License-Identifier: Apache-2.0
// A scene as the elements and styles that a web designer would write for it: { type, props: { style, src, children } }.

const px = (value) => `${Number(value.toFixed(3))}px`;
const element = (type, style, rest = {}) => ({ type, props: { style: { position: 'absolute', ...style }, ...rest } });
const place = ([left, top, width, height]) => ({ left: px(left), top: px(top), width: px(width), height: px(height) });

function rgba(hex, opacity) {
  const [red, green, blue] = [1, 3, 5].map((at) => parseInt(hex.slice(at, at + 2), 16));
  return `rgba(${red},${green},${blue},${Number(opacity.toFixed(4))})`;
}

function photo(layer, scene, picture, source) {
  const [x, y, width, height] = layer.box;
  const across = width / layer.source[2];
  const down = height / layer.source[3];
  const whole = [-layer.source[0] * across, -layer.source[1] * down, picture.width * across, picture.height * down];
  const image = element('img', place(whole), { src: source(picture.file) });
  // What fills the canvas is cut off by its edge. satori's own cut costs more, and resvg 2.6.2 ends in a panic over one of
  // a picture that reaches beyond twice the width of the canvas.
  if (x === 0 && y === 0 && width === scene.width && height === scene.height) return [image];
  return [element('div', { ...place(layer.box), display: 'flex', overflow: 'hidden' }, { children: [image] })];
}

function fill(layer) {
  const { shadow } = layer;
  const style = { ...place(layer.box), backgroundColor: layer.colour, borderRadius: px(layer.radius) };
  if (shadow) {
    // The blur of CSS is twice the Gaussian's sigma.
    style.boxShadow = `${px(shadow.dx)} ${px(shadow.dy)} ${px(2 * shadow.sigma)} ${rgba(shadow.colour, shadow.opacity)}`;
  }
  return [element('div', style)];
}

function scrim(layer) {
  const stops = layer.stops.map(([at, opacity]) => `${rgba(layer.colour, opacity)} ${(100 * at).toFixed(3)}%`);
  const backgroundImage = `linear-gradient(${layer.angle.toFixed(4)}deg, ${stops.join(', ')})`;
  return [element('div', { ...place(layer.box), backgroundImage })];
}

function text(layer) {
  return layer.lines.map((line) =>
    element(
      'div',
      {
        left: px(line.x),
        top: px(line.baseline - line.ascent),
        fontFamily: line.font,
        fontSize: px(line.size),
        lineHeight: px(line.ascent + line.descent),
        letterSpacing: px(line.tracking),
        color: layer.colour,
        whiteSpace: 'nowrap',
      },
      { children: line.text },
    ),
  );
}

// `source(file)` is what an image element gets for a file of the stage.
export function elements(scene, picture, source) {
  const kinds = {
    photo: (layer) => photo(layer, scene, picture, source),
    logo: (layer) => [element('img', place(layer.box), { src: source(layer.file) })],
    fill,
    scrim,
    text,
  };
  const children = scene.layers.flatMap((layer) => kinds[layer.type](layer));
  const style = { position: 'relative', display: 'flex' };
  return element('div', { ...style, width: px(scene.width), height: px(scene.height) }, { children });
}
