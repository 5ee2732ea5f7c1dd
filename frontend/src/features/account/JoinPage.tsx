export const JoinPage = () => null;
