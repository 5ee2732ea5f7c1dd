namespace Plumbline.Otlp.Wire;

/// <summary>One event of a span as slices.</summary>
public readonly ref struct WireEvent
{
    private readonly ReadOnlySpan<byte> message;

    private WireEvent(ReadOnlySpan<byte> message, ReadOnlySpan<byte> name, ulong time)
    {
        this.message = message;
        Name = name;
        TimeUnixNano = time;
    }

    public ReadOnlySpan<byte> Name { get; }

    public ulong TimeUnixNano { get; }

    public KeyValues Attributes => new(message, 26);

    public static WireEvent Read(ReadOnlySpan<byte> message)
    {
        ReadOnlySpan<byte> name = default;
        ulong time = 0;
        var reader = new ProtoReader(message);
        while (reader.Next())
        {
            if (reader.Tag == 9) time = reader.Fixed64();
            else if (reader.Tag == 18) name = reader.Bytes();
            else reader.Skip();
        }
        return new(message, name, time);
    }
}

/// <summary>One link of a span as slices.</summary>
public readonly ref struct WireLink
{
    private readonly ReadOnlySpan<byte> message;

    private WireLink(ReadOnlySpan<byte> message, ReadOnlySpan<byte> traceId, ReadOnlySpan<byte> spanId)
    {
        this.message = message;
        TraceId = traceId;
        SpanId = spanId;
    }

    public ReadOnlySpan<byte> TraceId { get; }

    public ReadOnlySpan<byte> SpanId { get; }

    public KeyValues Attributes => new(message, 34);

    public static WireLink Read(ReadOnlySpan<byte> message)
    {
        ReadOnlySpan<byte> trace = default, span = default;
        var reader = new ProtoReader(message);
        while (reader.Next())
        {
            if (reader.Tag == 10) trace = reader.Bytes();
            else if (reader.Tag == 18) span = reader.Bytes();
            else reader.Skip();
        }
        return new(message, trace, span);
    }
}
