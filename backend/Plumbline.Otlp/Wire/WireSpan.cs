namespace Plumbline.Otlp.Wire;

/// <summary>What a group of spans shares: resource and instrumentation scope.</summary>
public readonly ref struct WireOrigin(ReadOnlySpan<byte> _resource, ReadOnlySpan<byte> scopeName, ReadOnlySpan<byte> scopeVersion)
{
    private readonly ReadOnlySpan<byte> _resource = _resource;

    public ReadOnlySpan<byte> ScopeName { get; } = scopeName;

    public ReadOnlySpan<byte> ScopeVersion { get; } = scopeVersion;

    /// <summary>The encoded resource; equal bytes are an equal resource.</summary>
    public ReadOnlySpan<byte> Resource => _resource;

    public KeyValues ResourceAttributes => new(_resource, Fields.Resource.AttributesTag);
}

/// <summary>One span as slices of the body. Attributes, events and links are walked, not collected.</summary>
public readonly ref struct WireSpan
{
    private readonly ReadOnlySpan<byte> _message;

    private WireSpan(ReadOnlySpan<byte> message) => _message = message;

    public ReadOnlySpan<byte> TraceId { get; private init; }
    public ReadOnlySpan<byte> SpanId { get; private init; }
    public ReadOnlySpan<byte> ParentSpanId { get; private init; }
    public ReadOnlySpan<byte> Name { get; private init; }
    public ReadOnlySpan<byte> StatusMessage { get; private init; }

    /// <summary>0 unset, 1 ok, 2 error.</summary>
    public int StatusCode { get; private init; }

    public int Kind { get; private init; }

    public ulong StartUnixNano { get; private init; }

    public ulong EndUnixNano { get; private init; }

    public uint DroppedAttributes { get; private init; }

    public uint DroppedEvents { get; private init; }

    public uint DroppedLinks { get; private init; }

    public int EventCount { get; private init; }

    public int LinkCount { get; private init; }

    /// <summary>Why the span could not be read, when it came as JSON with a value of the wrong type; otherwise empty.</summary>
    public ReadOnlySpan<byte> Problem { get; private init; }

    public KeyValues Attributes => new(_message, Fields.Span.AttributesTag);

    public WireMessages Events => new(_message, Fields.Span.EventsTag);

    /// <summary>So many events at most, from the first on.</summary>
    public WireMessages FirstEvents(int most) => new(_message, Fields.Span.EventsTag, most);

    public WireMessages Links => new(_message, Fields.Span.LinksTag);

    /// <summary>Decodes the fixed fields of an encoded <c>Span</c>, and walks over the rest so that its framing is known to be sound.</summary>
    public static WireSpan Read(ReadOnlySpan<byte> message)
    {
        ReadOnlySpan<byte> trace = default, id = default, parent = default, name = default, status = default, problem = default;
        ulong start = 0, end = 0;
        uint lostAttributes = 0, lostEvents = 0, lostLinks = 0;
        int kind = 0, code = 0, events = 0, links = 0;
        var reader = new ProtoReader(message);
        while (reader.Next())
        {
            switch (reader.Tag)
            {
                case Fields.Span.TraceIdTag: trace = reader.Bytes(); break;
                case Fields.Span.SpanIdTag: id = reader.Bytes(); break;
                case Fields.Span.ParentSpanIdTag: parent = reader.Bytes(); break;
                case Fields.Span.NameTag: name = reader.Bytes(); break;
                case Fields.Span.KindTag: kind = (int)reader.Varint(); break;
                case Fields.Span.StartTimeUnixNanoTag: start = reader.Fixed64(); break;
                case Fields.Span.EndTimeUnixNanoTag: end = reader.Fixed64(); break;
                case Fields.Span.DroppedAttributesCountTag: lostAttributes = (uint)reader.Varint(); break;
                case Fields.Span.EventsTag:
                    events++;
                    reader.Skip();
                    break;
                case Fields.Span.LinksTag:
                    links++;
                    reader.Skip();
                    break;
                case Fields.Span.DroppedEventsCountTag: lostEvents = (uint)reader.Varint(); break;
                case Fields.Span.DroppedLinksCountTag: lostLinks = (uint)reader.Varint(); break;
                case Fields.Span.StatusTag: ReadStatus(reader.Bytes(), ref status, ref code); break;
                case Fields.Own.ProblemTag: problem = reader.Bytes(); break;
                default: reader.Skip(); break;
            }
        }
        return new(message)
        {
            TraceId = trace,
            SpanId = id,
            ParentSpanId = parent,
            Name = name,
            Kind = kind,
            StartUnixNano = start,
            EndUnixNano = end,
            StatusCode = code,
            StatusMessage = status,
            DroppedAttributes = lostAttributes,
            DroppedEvents = lostEvents,
            DroppedLinks = lostLinks,
            EventCount = events,
            LinkCount = links,
            Problem = problem,
        };
    }

    private static void ReadStatus(ReadOnlySpan<byte> bytes, ref ReadOnlySpan<byte> text, ref int code)
    {
        var reader = new ProtoReader(bytes);
        while (reader.Next())
        {
            if (reader.Tag == Fields.Status.MessageTag) text = reader.Bytes();
            else if (reader.Tag == Fields.Status.CodeTag) code = (int)reader.Varint();
            else reader.Skip();
        }
    }
}

/// <summary>Walks the messages that a message holds under one field.</summary>
public ref struct WireMessages
{
    private readonly uint _tag;
    private ProtoReader _reader;
    private int _left;

    internal WireMessages(ReadOnlySpan<byte> message, uint tag, int most = int.MaxValue)
    {
        _tag = tag;
        _left = most;
        _reader = new(message);
    }

    /// <summary>The encoded message.</summary>
    public ReadOnlySpan<byte> Current { get; private set; }

    public readonly WireMessages GetEnumerator() => this;

    public bool MoveNext()
    {
        while (_left > 0 && _reader.Next())
        {
            if (_reader.Tag == _tag)
            {
                _left--;
                Current = _reader.Bytes();
                return true;
            }
            _reader.Skip();
        }
        return false;
    }
}
