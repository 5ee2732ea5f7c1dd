namespace Plumbline.Otlp.Wire;

/// <summary>One log record as slices.</summary>
public readonly ref struct WireLogRecord
{
    private readonly ReadOnlySpan<byte> _message;

    private WireLogRecord(ReadOnlySpan<byte> message) => _message = message;

    public ReadOnlySpan<byte> TraceId { get; private init; }
    public ReadOnlySpan<byte> SpanId { get; private init; }

    /// <summary>The event's name; older senders put it in the attribute <c>event.name</c>, which the mapping reads.</summary>
    public ReadOnlySpan<byte> EventName { get; private init; }

    public ulong TimeUnixNano { get; private init; }

    /// <summary>What the sender calls the severity; empty when it gave a number alone.</summary>
    public ReadOnlySpan<byte> SeverityText { get; private init; }

    /// <summary>1 to 24; 0 when unknown.</summary>
    public ulong SeverityNumber { get; private init; }

    public AnyValue Body { get; private init; }

    public ReadOnlySpan<byte> Problem { get; private init; }

    public KeyValues Attributes => new(_message, Fields.LogRecord.AttributesTag);

    public static WireLogRecord Read(ReadOnlySpan<byte> message)
    {
        ReadOnlySpan<byte> trace = default, span = default, name = default, body = default, problem = default, severity = default;
        ulong time = 0, observed = 0, number = 0;
        var reader = new ProtoReader(message);
        while (reader.Next())
        {
            switch (reader.Tag)
            {
                case Fields.LogRecord.TimeUnixNanoTag: time = reader.Fixed64(); break;
                case Fields.LogRecord.SeverityNumberTag: number = reader.Varint(); break;
                case Fields.LogRecord.SeverityTextTag: severity = reader.Bytes(); break;
                case Fields.LogRecord.BodyTag: body = reader.Bytes(); break;
                case Fields.LogRecord.TraceIdTag: trace = reader.Bytes(); break;
                case Fields.LogRecord.SpanIdTag: span = reader.Bytes(); break;
                case Fields.LogRecord.ObservedTimeUnixNanoTag: observed = reader.Fixed64(); break;
                case Fields.LogRecord.EventNameTag: name = reader.Bytes(); break;
                case Fields.Own.ProblemTag: problem = reader.Bytes(); break;
                default: reader.Skip(); break;
            }
        }
        return new(message)
        {
            TraceId = trace,
            SpanId = span,
            EventName = name,
            TimeUnixNano = time == 0 ? observed : time,
            SeverityText = severity,
            SeverityNumber = number,
            Body = AnyValue.Read(body),
            Problem = problem,
        };
    }
}
