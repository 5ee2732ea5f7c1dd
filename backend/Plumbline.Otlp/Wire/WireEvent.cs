namespace Plumbline.Otlp.Wire;

/// <summary>One event of a span as slices.</summary>
public readonly ref struct WireEvent
{
    private readonly ReadOnlySpan<byte> _message;

    private WireEvent(ReadOnlySpan<byte> message, ReadOnlySpan<byte> name, ulong time)
    {
        _message = message;
        Name = name;
        TimeUnixNano = time;
    }

    public ReadOnlySpan<byte> Name { get; }

    public ulong TimeUnixNano { get; }

    public KeyValues Attributes => new(_message, Fields.Event.AttributesTag);

    public static WireEvent Read(ReadOnlySpan<byte> message)
    {
        ReadOnlySpan<byte> name = default;
        ulong time = 0;
        var reader = new ProtoReader(message);
        while (reader.Next())
        {
            if (reader.Tag == Fields.Event.TimeUnixNanoTag) time = reader.Fixed64();
            else if (reader.Tag == Fields.Event.NameTag) name = reader.Bytes();
            else reader.Skip();
        }
        return new(message, name, time);
    }
}

/// <summary>One link of a span as slices.</summary>
public readonly ref struct WireLink
{
    private readonly ReadOnlySpan<byte> _message;

    private WireLink(ReadOnlySpan<byte> message, ReadOnlySpan<byte> traceId, ReadOnlySpan<byte> spanId)
    {
        _message = message;
        TraceId = traceId;
        SpanId = spanId;
    }

    public ReadOnlySpan<byte> TraceId { get; }

    public ReadOnlySpan<byte> SpanId { get; }

    public KeyValues Attributes => new(_message, Fields.Link.AttributesTag);

    public static WireLink Read(ReadOnlySpan<byte> message)
    {
        ReadOnlySpan<byte> trace = default, span = default;
        var reader = new ProtoReader(message);
        while (reader.Next())
        {
            if (reader.Tag == Fields.Link.TraceIdTag) trace = reader.Bytes();
            else if (reader.Tag == Fields.Link.SpanIdTag) span = reader.Bytes();
            else reader.Skip();
        }
        return new(message, trace, span);
    }
}
