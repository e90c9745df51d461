/** The fields of a spec: JSON pointer, label, kind of value, hint. An empty field gets the service's default. */
export const FIELDS = [
  ['Experiment', [
    ['/name', 'Name', 'text'],
    ['/trials', 'Trials', 'number', 'repetitions, each with its own seed'],
    ['/seed', 'Seed', 'number', 'of the first trial'],
    ['/priority', 'Priority', 'number', 'higher is trained first'],
    ['/device', 'Device', ['', 'cpu', 'cuda']],
  ]],
  ['Data', [
    ['/dataset/name', 'Data set', 'datasets'],
    ['/dataset/positiveClass', 'Positive class', 'text', 'its name or its index'],
    ['/dataset/positiveRate', 'Positive rate', 'number', 'rows are dropped until each split has this rate'],
    ['/dataset/trainLimit', 'Training rows', 'number', 'empty: all, or 5,000 of synthetic'],
    ['/dataset/testLimit', 'Test rows', 'number', 'empty: all, or 1,000 of synthetic'],
    ['/dataset/path', 'Folder', 'text', 'for image_folder: a folder below datasets/'],
  ]],
  ['Model', [
    ['/model/architecture', 'Architecture', 'architectures'],
    ['/model/weights', 'Weights', 'text', 'none, imagenet, or a file name'],
    ['/model/imageSize', 'Image size', 'number', 'in pixels'],
    ['/model/dropout', 'Dropout', 'number'],
    ['/model/stochasticDepth', 'Stochastic depth', 'number'],
    ['/model/head', 'Head', ['', 'on_logits', 'replace']],
    ['/model/train', 'Trained', ['', 'all', 'head']],
  ]],
  ['Training', [
    ['/training/epochs', 'Epochs', 'number'],
    ['/training/batchSize', 'Batch size', 'number'],
    ['/training/optimizer/type', 'Optimizer', ['', 'sgd', 'adam', 'adamw']],
    ['/training/optimizer/learningRate', 'Learning rate', 'number'],
    ['/training/optimizer/momentum', 'Momentum', 'number'],
    ['/training/optimizer/weightDecay', 'Weight decay', 'number'],
    ['/evaluation/mode', 'Evaluation mode', ['', 'eval', 'train']],
    ['/stepInterval', 'Step interval', 'number', 'keep the training loss of every nth step'],
  ]],
];

export const ARM_TYPES = ['default', 'zeros', 'positive_rate', 'constant'];

export function valueAt(spec, pointer) {
  return pointer.slice(1).split('/').reduce((node, key) => node?.[key], spec);
}

/** Sets a value in place, or removes it if it is undefined. */
export function setAt(spec, pointer, value) {
  const keys = pointer.slice(1).split('/');
  const last = keys.pop();
  const parent = keys.reduce((node, key) => (node[key] ??= {}), spec);
  if (value === undefined) {
    delete parent[last];
  } else {
    parent[last] = value;
  }
}
