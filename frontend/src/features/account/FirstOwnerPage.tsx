export const FirstOwnerPage = () => null;
