// The event is sent by the button that finds no list (choosing.js).
export default ({setStateValue}) => {
  const ask = () => setStateValue('asked', true);
  document.addEventListener('sq-wanted', ask);
  return () => document.removeEventListener('sq-wanted', ask);
};
