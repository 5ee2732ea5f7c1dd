export const TracePage = () => null;
