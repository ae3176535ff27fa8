export { blockLengthOf, type BlockLengths, optimalBlockLength } from './block-length.ts';
export { type BootstrapDraws, bootstrapFigures, type BootstrapOptions, drawStream, percentileBounds } from './bounds.ts';
export { circularIndices, indicesOfBlocks, movingIndices, stationaryBlocks, stationaryIndices } from './resample.ts';
