using System.Text;
using Plumbline.Otlp.Wire;
using Plumbline.Otlp.Wire.Json;
using Plumbline.TraceStore;

namespace Plumbline.Otlp;

/// <summary>Writes a trace request in protobuf, for senders within the program: one resource, one scope, any number of spans.</summary>
public sealed class ExportRequestWriter : IDisposable
{
    private const ulong Ok = 1;
    private const ulong Failed = 2;

    private readonly WireWriter _wire = new();
    private readonly int _group;
    private readonly int _scoped;

    /// <summary>Begins a request.</summary>
    /// <param name="service">The resource's <c>service.name</c>.</param>
    /// <param name="environment">The resource's <c>deployment.environment.name</c>; none when null.</param>
    /// <param name="scope">The instrumentation scope's name.</param>
    public ExportRequestWriter(string service, string? environment, string scope)
    {
        _group = _wire.Begin(Fields.Request.ResourceGroups);
        var resource = _wire.Begin(Fields.ResourceGroup.Resource);
        KeyValue(Fields.Resource.Attributes, "service.name", () => String(service));
        if (environment is not null) KeyValue(Fields.Resource.Attributes, "deployment.environment.name", () => String(environment));
        _wire.End(resource);
        _scoped = _wire.Begin(Fields.ResourceGroup.ScopeGroups);
        var name = _wire.Begin(Fields.ScopeGroup.Scope);
        Text(Fields.Scope.Name, scope);
        _wire.End(name);
    }

    /// <summary>Adds a span; <paramref name="attributes"/> writes its attributes.</summary>
    /// <param name="error">Why it failed; null when it did not.</param>
    /// <param name="isOk">Whether it is said to have gone well, which is more than that it did not fail.</param>
    public void Span(
        TraceId trace, SpanId span, SpanId parent, string name, long startUnixNano, long endUnixNano, string? error,
        Action<ExportRequestWriter> attributes, bool isOk = false)
    {
        ArgumentNullException.ThrowIfNull(attributes);
        Span<byte> id = stackalloc byte[TraceId.Size];
        var start = _wire.Begin(Fields.ScopeGroup.Records);
        trace.Write(id);
        _wire.Bytes(Fields.Span.TraceId, id);
        span.Write(id);
        _wire.Bytes(Fields.Span.SpanId, id[..SpanId.Size]);
        parent.Write(id);
        if (!parent.IsEmpty) _wire.Bytes(Fields.Span.ParentSpanId, id[..SpanId.Size]);
        Text(Fields.Span.Name, name);
        _wire.Fixed64(Fields.Span.StartTimeUnixNano, (ulong)startUnixNano);
        _wire.Fixed64(Fields.Span.EndTimeUnixNano, (ulong)endUnixNano);
        attributes(this);
        if (error is not null) Status(Failed, error);
        else if (isOk) Status(Ok, null);
        _wire.End(start);
    }

    /// <summary>An attribute of the span being written.</summary>
    public void Attribute(string key, string value) => KeyValue(Fields.Span.Attributes, key, () => String(value));

    /// <inheritdoc cref="Attribute(string, string)"/>
    public void Attribute(string key, long value) => KeyValue(Fields.Span.Attributes, key, () => _wire.Number(Fields.AnyValue.IntValue, (ulong)value));

    /// <inheritdoc cref="Attribute(string, string)"/>
    public void Attribute(string key, double value) =>
        KeyValue(Fields.Span.Attributes, key, () => _wire.Fixed64(Fields.AnyValue.DoubleValue, BitConverter.DoubleToUInt64Bits(value)));

    /// <inheritdoc cref="Attribute(string, string)"/>
    public void Attribute(string key, IEnumerable<string> values) => KeyValue(Fields.Span.Attributes, key, () =>
    {
        var list = _wire.Begin(Fields.AnyValue.ArrayValue);
        foreach (var value in values)
        {
            var item = _wire.Begin(Fields.List.Values);
            String(value);
            _wire.End(item);
        }
        _wire.End(list);
    });

    /// <summary>The whole request; nothing can be added after it.</summary>
    public byte[] ToArray()
    {
        _wire.End(_scoped);
        _wire.End(_group);
        return _wire.Written.ToArray();
    }

    /// <summary>Gives the buffer back.</summary>
    public void Dispose() => _wire.Dispose();

    private void Status(ulong code, string? message)
    {
        var status = _wire.Begin(Fields.Span.Status);
        if (message is not null) Text(Fields.Status.Message, message);
        _wire.Number(Fields.Status.Code, code);
        _wire.End(status);
    }

    private void KeyValue(int field, string key, Action value)
    {
        var pair = _wire.Begin(field);
        Text(Fields.KeyValue.Key, key);
        var any = _wire.Begin(Fields.KeyValue.Value);
        value();
        _wire.End(any);
        _wire.End(pair);
    }

    private void String(string value) => Text(Fields.AnyValue.StringValue, value);

    private void Text(int field, string text) => _wire.Bytes(field, Encoding.UTF8.GetBytes(text));
}
