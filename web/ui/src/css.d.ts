declare module '*.css';
declare module '@fontsource-variable/nunito-sans/wght.css';
