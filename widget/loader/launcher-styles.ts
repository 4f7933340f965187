// The styles of the launcher and of the frame around the chat.
// What is important in here goes before what is important on the page, also before a style attribute.

export const launcherStyles = `
:host { all: initial !important; display: block !important; direction: ltr !important; }
.box { --colour: #667085; --on-colour: #fff; font: 500 14px/1.4 system-ui, sans-serif; }
.box[data-hidden=true] .launcher, .box[data-hidden=true] .text { display: none; }
[hidden] { display: none !important; }
.launcher, .frame, .text { position: fixed; z-index: 2147483000; right: 20px; }
[data-side=left] .launcher, [data-side=left] .frame { right: auto; left: 20px; }
.launcher {
  bottom: 20px; width: 60px; height: 60px; padding: 0; border: 0; border-radius: 50%;
  background: var(--colour); color: var(--on-colour); cursor: pointer;
  box-shadow: 0 1px 3px rgb(16 24 40 / .3), 0 8px 24px rgb(16 24 40 / .22);
  transition: transform .15s ease, background-color .3s ease;
}
.launcher:hover { transform: scale(1.05); }
.launcher:active { transform: scale(.97); }
.launcher:focus-visible, .text:focus-visible { outline: 3px solid var(--colour); outline-offset: 3px; }
svg { position: absolute; inset: 16px; width: 28px; height: 28px; fill: currentColor; transition: opacity .15s ease, transform .15s ease; }
.down, [data-open=true] .bubble { opacity: 0; transform: scale(.6); }
[data-open=true] .down { opacity: 1; transform: none; }
.launcher[data-presence]::after {
  content: ''; position: absolute; right: 0; bottom: 0; width: 16px; height: 16px; box-sizing: border-box;
  border: 2px solid #fff; border-radius: 50%; background: #98a2b3;
}
.launcher[data-presence=here]::after { background: #12b76a; }
.launcher[data-presence=busy]::after { background: #f79009; }
.badge {
  position: absolute; top: -4px; right: -4px; min-width: 22px; height: 22px; padding: 0 6px;
  box-sizing: border-box; border: 2px solid #fff; border-radius: 11px; background: #d92d20; color: #fff;
  font: 700 12px/18px system-ui, sans-serif; text-align: center;
}
[data-open=true] .badge, [data-open=true] .text, [data-open=true] .launcher::after { display: none; }
.text {
  right: 92px; bottom: 30px; max-width: 220px; padding: 10px 14px; border-radius: 12px; cursor: pointer;
  background: #fff; color: #101828; box-shadow: 0 4px 16px rgb(16 24 40 / .18);
}
[data-side=left] .text { right: auto; left: 92px; }
.frame {
  bottom: 96px; width: 384px; height: min(660px, calc(100vh - 116px)); border: 0; border-radius: 16px;
  background: transparent; color-scheme: normal;
  box-shadow: 0 2px 6px rgb(16 24 40 / .12), 0 16px 48px rgb(16 24 40 / .24);
  visibility: hidden; opacity: 0; transform: translateY(12px) scale(.98); transform-origin: bottom right;
  transition: opacity .18s ease, transform .18s ease, visibility 0s .18s;
}
[data-side=left] .frame { transform-origin: bottom left; }
[data-open=true] .frame { visibility: visible; opacity: 1; transform: none; transition-delay: 0s; }
[data-full=true] .frame { inset: 0; width: 100%; height: 100vh; height: 100dvh; border-radius: 0; }
[data-full=true][data-open=true] .launcher { display: none; }
@media (prefers-reduced-motion: reduce) { .launcher, .frame, svg { transition: none; } }
@media print { .box { display: none; } }
`;
