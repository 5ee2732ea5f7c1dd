using System.Buffers.Text;
using System.Text;
using Plumbline.Otlp.Mapping.Json;
using Plumbline.Otlp.Wire.Json;
using Plumbline.TraceStore;

namespace Plumbline.Otlp.Mapping;

/// <summary>Puts a stored span back into the request it came in, as far as that is stored, so that stored and arriving spans are mapped by
/// the same code.</summary>
internal sealed class StoredRequest : IDisposable
{
    private const int Deepest = 1_000;

    private readonly WireWriter wire = new();
    private readonly JsonTape tape = new();

    public ReadOnlySpan<byte> Written => wire.Written;

    /// <summary>Whether some of the span's events were log records. They are left out of the request: they told what they had to tell when
    /// they were joined to the span.</summary>
    public bool HasLogs { get; private set; }

    /// <summary>Writes the request; false when what is stored cannot be read.</summary>
    public bool TryWrite(SpanReader span)
    {
        wire.Rewind(0);
        HasLogs = false;
        var group = wire.Begin(1);
        var resource = wire.Begin(1);
        if (!Attributes(span.Text(SpanText.Resource), 1)) return false;
        wire.End(resource);
        var scoped = wire.Begin(2);
        var scope = wire.Begin(1);
        wire.Bytes(1, span.Text(SpanText.ScopeName));
        wire.End(scope);
        var start = wire.Begin(2);
        Fixed(span);
        if (!Attributes(span.Text(SpanText.Attributes), 9) || !Events(span.Text(SpanText.Events)) || !Links(span.Text(SpanText.Links))) return false;
        wire.End(start);
        wire.End(scoped);
        wire.End(group);
        return true;
    }

    public void Dispose() => wire.Dispose();

    private void Fixed(SpanReader span)
    {
        Span<byte> id = stackalloc byte[TraceId.Size];
        span.TraceId.Write(id);
        wire.Bytes(1, id);
        span.SpanId.Write(id);
        wire.Bytes(2, id[..SpanId.Size]);
        span.ParentSpanId.Write(id);
        if (!span.ParentSpanId.IsEmpty) wire.Bytes(4, id[..SpanId.Size]);
        wire.Bytes(5, span.Text(SpanText.Name));
        wire.Fixed64(7, (ulong)span.StartUnixNano);
        wire.Fixed64(8, (ulong)span.EndUnixNano);
        var status = wire.Begin(15);
        wire.Bytes(2, span.Text(SpanText.StatusMessage));
        wire.Number(3, (ulong)span.Status);
        wire.End(status);
    }

    private bool Events(ReadOnlySpan<byte> json)
    {
        if (json.IsEmpty) return true;
        if (!tape.TryParse(json, Deepest)) return false;
        foreach (var stored in tape.Root.Items)
        {
            if (stored.Has("log", out _))
            {
                HasLogs = true;
                continue;
            }
            var start = wire.Begin(11);
            if (stored.Has("time", out var time) && time.TryGetUInt64(out var nanos)) wire.Fixed64(1, nanos);
            wire.Bytes(2, stored.Text("name").Utf8);
            if (stored.Has("attributes", out var attributes)) Members(attributes, 3);
            wire.End(start);
        }
        return true;
    }

    private bool Links(ReadOnlySpan<byte> json)
    {
        if (json.IsEmpty) return true;
        if (!tape.TryParse(json, Deepest)) return false;
        foreach (var stored in tape.Root.Items)
        {
            var start = wire.Begin(13);
            Id(1, stored.Text("traceId"));
            Id(2, stored.Text("spanId"));
            if (stored.Has("attributes", out var attributes)) Members(attributes, 4);
            wire.End(start);
        }
        return true;
    }

    private void Id(int field, JsonNode digits)
    {
        var text = Encoding.ASCII.GetString(digits.Utf8);
        if (text.Length % 2 == 0 && text.All(char.IsAsciiHexDigit)) wire.Bytes(field, Convert.FromHexString(text));
    }

    private bool Attributes(ReadOnlySpan<byte> json, int field)
    {
        if (json.IsEmpty) return true;
        if (!tape.TryParse(json, Deepest) || !tape.Root.IsObject) return false;
        Members(tape.Root, field);
        return true;
    }

    private void Members(JsonNode from, int field)
    {
        for (var members = from.Members; members.MoveNext();)
        {
            var pair = wire.Begin(field);
            wire.Bytes(1, members.Name.Utf8);
            Value(2, members.Current);
            wire.End(pair);
        }
    }

    private void Value(int field, JsonNode value)
    {
        var any = wire.Begin(field);
        switch (value.Kind)
        {
            case JsonKind.String: wire.Bytes(1, value.Utf8); break;
            case JsonKind.True: wire.Number(2, 1); break;
            case JsonKind.False: wire.Number(2, 0); break;
            case JsonKind.Number: Number(value.RawText); break;
            case JsonKind.Array: List(value); break;
            case JsonKind.Object:
                var map = wire.Begin(6);
                Members(value, 1);
                wire.End(map);
                break;
        }
        wire.End(any);
    }

    private void List(JsonNode value)
    {
        var list = wire.Begin(5);
        foreach (var item in value.Items) Value(1, item);
        wire.End(list);
    }

    // Whether 3 came as an integer or as 3.0 is not stored, and makes no difference to the mapping; -0 is no integer.
    private void Number(ReadOnlySpan<byte> digits)
    {
        if (!digits.SequenceEqual("-0"u8) && Utf8Parser.TryParse(digits, out long whole, out var used) && used == digits.Length) wire.Number(3, (ulong)whole);
        else if (double.TryParse(digits, System.Globalization.CultureInfo.InvariantCulture, out var real))
            wire.Fixed64(4, BitConverter.DoubleToUInt64Bits(real));
    }
}
