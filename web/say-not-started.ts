// Shown when the words of no language could be loaded: a sentence without them, and a way to try again.
import { directionOf } from '../src/contract/direction.ts';
import { chooseLanguage, type Language } from './i18n/languages.ts';

const sentences: Record<Language, { text: string; button: string }> = {
  en: { text: 'Usher could not be loaded. Check your connection.', button: 'Try again' },
  ar: { text: 'تعذّر تحميل Usher. تحقق من اتصالك.', button: 'إعادة المحاولة' },
  id: { text: 'Usher tidak dapat dimuat. Periksa koneksi Anda.', button: 'Coba lagi' },
  ko: { text: 'Usher를 불러오지 못했습니다. 연결을 확인하세요.', button: '다시 시도' },
  'pt-BR': {
    text: 'Não foi possível carregar o Usher. Verifique sua conexão.',
    button: 'Tentar de novo',
  },
};

export function sayNotStarted(place: HTMLElement): void {
  const language = chooseLanguage(navigator.languages);
  const { text, button } = sentences[language];
  document.documentElement.lang = language;
  document.documentElement.dir = directionOf(language);
  const [page, said, again] = ['main', 'p', 'button'].map((tag) => document.createElement(tag));
  if (page === undefined || said === undefined || again === undefined) return;
  page.className = 'not-started';
  said.setAttribute('role', 'alert');
  said.textContent = text;
  again.textContent = button;
  again.addEventListener('click', () => location.reload());
  page.append(said, again);
  place.replaceChildren(page);
}
