<?php
// Opens a conversation in Usher, says something, and prints what it is answered. PHP 8.1, nothing to install.
//
//     USHER_URL=http://127.0.0.1:3000 USHER_TOKEN=… USHER_CHANNEL=… php chat.php "Where is my parcel?"

declare(strict_types=1);

/** Sends it again after no answer or a 5xx, by one key: it is done once. Returns the answer's JSON. */
function call(string $method, string $path, ?array $body = null): mixed
{
    $headers = ['Authorization: Bearer ' . getenv('USHER_TOKEN'), 'Idempotency-Key: ' . bin2hex(random_bytes(16))];
    if ($body !== null) {
        $headers[] = 'Content-Type: application/json';
    }
    $http = ['method' => $method, 'header' => $headers, 'timeout' => 60, 'ignore_errors' => true, 'follow_location' => 0];
    if ($body !== null) {
        $http['content'] = json_encode($body, JSON_THROW_ON_ERROR);
    }
    for ($attempt = 0; $attempt < 6; $attempt++) {
        $http_response_header = [];
        $answer = @file_get_contents(rtrim(getenv('USHER_URL'), '/') . $path, false, stream_context_create(['http' => $http]));
        $status = (int) (explode(' ', $http_response_header[0] ?? '')[1] ?? 0);
        if ($answer !== false && $status >= 200 && $status < 300) {
            return $answer === '' ? null : json_decode($answer, true, 64, JSON_THROW_ON_ERROR);
        }
        if ($status >= 300 && $status < 500 && $status !== 429) {
            fwrite(STDERR, "$method $path: $status $answer\n");
            exit(1);
        }
        // No answer: it may have been done.
        usleep((int) min(10_000_000, 300_000 * 2 ** $attempt));
    }
    fwrite(STDERR, "$method $path: Usher cannot be reached.\n");
    exit(1);
}

$channel = '/api/v1/channels/' . getenv('USHER_CHANNEL');
if (call('GET', "$channel/presence")['presence'] === 'away') {
    echo "Nobody is here now. The answer comes as soon as somebody is.\n";
}
$after = call('GET', "$channel/updates")['after'];
$case = 'case-' . bin2hex(random_bytes(8));
$contact = ['externalId' => 'customer-4', 'name' => 'Ana'];
call('POST', "$channel/conversations", ['externalId' => $case, 'contact' => $contact]);
// Your own id of the message: said again, it is known.
call('POST', "$channel/messages", ['conversation' => $case, 'externalId' => 'message-1', 'text' => $argv[1] ?? 'Hello']);

while (true) {
    $page = call('GET', "$channel/updates?" . http_build_query(['after' => $after, 'wait' => 25]));
    foreach ($page['items'] as $update) {
        if ($update['conversation'] !== $case || $update['type'] !== 'message') {
            continue;
        }
        if ($update['message']['authorKind'] !== 'contact') {
            echo $update['message']['text'], "\n";
            // The agent sees that it was read.
            call('POST', "$channel/read", ['conversation' => $case, 'seq' => $update['message']['seq']]);
            exit(0);
        }
    }
    $after = $page['after'];
}
