export type Undo = () => void;
