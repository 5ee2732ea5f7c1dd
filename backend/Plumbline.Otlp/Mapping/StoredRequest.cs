using System.Buffers.Text;
using System.Text;
using Plumbline.Otlp.Mapping.Json;
using Plumbline.Otlp.Wire;
using Plumbline.Otlp.Wire.Json;
using Plumbline.TraceStore;

namespace Plumbline.Otlp.Mapping;

/// <summary>Puts a stored span back into the request it came in, as far as that is stored, so that stored and arriving spans are mapped by
/// the same code.</summary>
internal sealed class StoredRequest : IDisposable
{
    private const int Deepest = 1_000;

    private readonly WireWriter _wire = new();
    private readonly JsonTape _tape = new();

    public ReadOnlySpan<byte> Written => _wire.Written;

    /// <summary>Whether some of the span's events were log records. They are left out of the request: what they say was taken when
    /// they were joined to the span.</summary>
    public bool HasLogs { get; private set; }

    /// <summary>Writes the request; false when what is stored cannot be read.</summary>
    public bool TryWrite(SpanReader span)
    {
        _wire.Rewind(0);
        HasLogs = false;
        var group = _wire.Begin(Fields.Request.ResourceGroups);
        var resource = _wire.Begin(Fields.ResourceGroup.Resource);
        if (!Attributes(span.Text(SpanText.Resource), Fields.Resource.Attributes)) return false;
        _wire.End(resource);
        var scoped = _wire.Begin(Fields.ResourceGroup.ScopeGroups);
        var scope = _wire.Begin(Fields.ScopeGroup.Scope);
        _wire.Bytes(Fields.Scope.Name, span.Text(SpanText.ScopeName));
        _wire.End(scope);
        var start = _wire.Begin(Fields.ScopeGroup.Records);
        Fixed(span);
        if (!Attributes(span.Text(SpanText.Attributes), Fields.Span.Attributes) || !Events(span.Text(SpanText.Events)) || !Links(span.Text(SpanText.Links)))
            return false;
        _wire.End(start);
        _wire.End(scoped);
        _wire.End(group);
        return true;
    }

    public void Dispose() => _wire.Dispose();

    private void Fixed(SpanReader span)
    {
        Span<byte> id = stackalloc byte[TraceId.Size];
        span.TraceId.Write(id);
        _wire.Bytes(Fields.Span.TraceId, id);
        span.SpanId.Write(id);
        _wire.Bytes(Fields.Span.SpanId, id[..SpanId.Size]);
        span.ParentSpanId.Write(id);
        if (!span.ParentSpanId.IsEmpty) _wire.Bytes(Fields.Span.ParentSpanId, id[..SpanId.Size]);
        _wire.Bytes(Fields.Span.Name, span.Text(SpanText.Name));
        _wire.Fixed64(Fields.Span.StartTimeUnixNano, (ulong)span.StartUnixNano);
        _wire.Fixed64(Fields.Span.EndTimeUnixNano, (ulong)span.EndUnixNano);
        var status = _wire.Begin(Fields.Span.Status);
        _wire.Bytes(Fields.Status.Message, span.Text(SpanText.StatusMessage));
        _wire.Number(Fields.Status.Code, (ulong)span.Status);
        _wire.End(status);
    }

    private bool Events(ReadOnlySpan<byte> json)
    {
        if (json.IsEmpty) return true;
        if (!_tape.TryParse(json, Deepest)) return false;
        foreach (var stored in _tape.Root.Items)
        {
            if (stored.Has("log", out _))
            {
                HasLogs = true;
                continue;
            }
            var start = _wire.Begin(Fields.Span.Events);
            if (stored.Has("time", out var time) && time.TryGetUInt64(out var nanos)) _wire.Fixed64(Fields.Event.TimeUnixNano, nanos);
            _wire.Bytes(Fields.Event.Name, stored.Text("name").Utf8);
            if (stored.Has("attributes", out var attributes)) Members(attributes, Fields.Event.Attributes);
            _wire.End(start);
        }
        return true;
    }

    private bool Links(ReadOnlySpan<byte> json)
    {
        if (json.IsEmpty) return true;
        if (!_tape.TryParse(json, Deepest)) return false;
        foreach (var stored in _tape.Root.Items)
        {
            var start = _wire.Begin(Fields.Span.Links);
            Id(Fields.Link.TraceId, stored.Text("traceId"));
            Id(Fields.Link.SpanId, stored.Text("spanId"));
            if (stored.Has("attributes", out var attributes)) Members(attributes, Fields.Link.Attributes);
            _wire.End(start);
        }
        return true;
    }

    private void Id(int field, JsonNode digits)
    {
        var text = Encoding.ASCII.GetString(digits.Utf8);
        if (text.Length % 2 == 0 && text.All(char.IsAsciiHexDigit)) _wire.Bytes(field, Convert.FromHexString(text));
    }

    private bool Attributes(ReadOnlySpan<byte> json, int field)
    {
        if (json.IsEmpty) return true;
        if (!_tape.TryParse(json, Deepest) || !_tape.Root.IsObject) return false;
        Members(_tape.Root, field);
        return true;
    }

    private void Members(JsonNode from, int field)
    {
        for (var members = from.Members; members.MoveNext();)
        {
            var pair = _wire.Begin(field);
            _wire.Bytes(Fields.KeyValue.Key, members.Name.Utf8);
            Value(Fields.KeyValue.Value, members.Current);
            _wire.End(pair);
        }
    }

    private void Value(int field, JsonNode value)
    {
        var any = _wire.Begin(field);
        switch (value.Kind)
        {
            case JsonKind.String: _wire.Bytes(Fields.AnyValue.StringValue, value.Utf8); break;
            case JsonKind.True: _wire.Number(Fields.AnyValue.BoolValue, 1); break;
            case JsonKind.False: _wire.Number(Fields.AnyValue.BoolValue, 0); break;
            case JsonKind.Number: Number(value.RawText); break;
            case JsonKind.Array: List(value); break;
            case JsonKind.Object:
                var map = _wire.Begin(Fields.AnyValue.KvlistValue);
                Members(value, Fields.List.Values);
                _wire.End(map);
                break;
        }
        _wire.End(any);
    }

    private void List(JsonNode value)
    {
        var list = _wire.Begin(Fields.AnyValue.ArrayValue);
        foreach (var item in value.Items) Value(Fields.List.Values, item);
        _wire.End(list);
    }

    // Whether 3 came as an integer or as 3.0 is not stored, and makes no difference to the mapping; -0 is no integer.
    private void Number(ReadOnlySpan<byte> digits)
    {
        if (!digits.SequenceEqual("-0"u8) && Utf8Parser.TryParse(digits, out long whole, out var used) && used == digits.Length)
            _wire.Number(Fields.AnyValue.IntValue, (ulong)whole);
        else if (double.TryParse(digits, System.Globalization.CultureInfo.InvariantCulture, out var real))
            _wire.Fixed64(Fields.AnyValue.DoubleValue, BitConverter.DoubleToUInt64Bits(real));
    }
}
