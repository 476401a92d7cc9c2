// The event is sent by the button that copies a link to this version (links.js).
export default ({setTriggerValue}) => {
  const tell = () => setTriggerValue('copied', true);
  document.addEventListener('sq-copied', tell);
  return () => document.removeEventListener('sq-copied', tell);
};
