// In whose name requests are sent.
export function TokenField({ token, onToken }: { token: string; onToken(token: string): void }) {
  return (
    <label class="field">
      <span>
        Token <small>kept until this page is closed</small>
      </span>
      <input
        type="password"
        autocomplete="off"
        value={token}
        onInput={({ currentTarget }) => onToken(currentTarget.value.trim())}
      />
    </label>
  );
}
