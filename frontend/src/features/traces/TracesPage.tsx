export const TracesPage = () => null;
