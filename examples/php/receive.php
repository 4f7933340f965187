<?php
// Receives the webhooks of Usher and prints the type of each. PHP 8.1, nothing to install.
//
//     USHER_WEBHOOK_SECRET=… php -S 127.0.0.1:8080 receive.php

declare(strict_types=1);

/** $body: the raw bytes. As docs/guides/receiving-events.md has it. */
function verify(string $id, string $timestamp, string $signatures, string $body, string $secret): bool
{
    if (!ctype_digit($timestamp) || abs(time() - (int) $timestamp) > 300) {
        return false;
    }
    $key = str_starts_with($secret, 'whsec_') ? base64_decode(substr($secret, 6)) : $secret;
    $expected = 'v1,' . base64_encode(hash_hmac('sha256', "$id.$timestamp.$body", $key, true));
    foreach (explode(' ', $signatures) as $given) {
        if (hash_equals($expected, $given)) {
            return true;
        }
    }
    return false;
}

$secret = (string) getenv('USHER_WEBHOOK_SECRET');
$header = fn (string $name): string => $_SERVER['HTTP_WEBHOOK_' . $name] ?? '';
$body = (string) file_get_contents('php://input', length: 1_000_000);
if ($secret === '' || !verify($header('ID'), $header('TIMESTAMP'), $header('SIGNATURE'), $body, $secret)) {
    http_response_code(401);
    return;
}
http_response_code(204);
// An event can come twice: remember its id, in a database once it matters.
file_put_contents('php://stderr', 'event ' . json_decode($body, true)['type'] . "\n");
