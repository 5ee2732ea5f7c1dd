export const FirstTracePage = () => null;
