INSERT INTO ops.alerts BY NAME
FROM staged_alert
ON CONFLICT (alert_id) DO UPDATE SET
    channels = excluded.channels,
    delivered = excluded.delivered,
    error = excluded.error,
    sent_at = excluded.sent_at,
    silenced_until = excluded.silenced_until,
    silenced_why = excluded.silenced_why
