export const LoadSample = () => null;
