INSERT INTO ops.alerts BY NAME
SELECT
    $alert_id AS alert_id,
    $run_id AS run_id,
    $subject AS subject,
    $body AS body,
    $channels AS channels,
    $delivered AS delivered,
    $error AS error,
    $sent_at AS sent_at
ON CONFLICT (alert_id) DO UPDATE SET
    channels = excluded.channels, delivered = excluded.delivered, error = excluded.error, sent_at = excluded.sent_at
