using System.Text;
using Plumbline.Otlp.Wire.Json;
using Plumbline.TraceStore;

namespace Plumbline.Otlp;

/// <summary>Writes a trace request in protobuf, for senders within the program: one resource, one scope, any number of spans.</summary>
public sealed class ExportRequestWriter : IDisposable
{
    private readonly WireWriter wire = new();
    private readonly int group;
    private readonly int scoped;

    /// <summary>Begins a request.</summary>
    /// <param name="service">The resource's <c>service.name</c>.</param>
    /// <param name="environment">The resource's <c>deployment.environment.name</c>.</param>
    /// <param name="scope">The instrumentation scope's name.</param>
    public ExportRequestWriter(string service, string environment, string scope)
    {
        group = wire.Begin(1);
        var resource = wire.Begin(1);
        KeyValue(1, "service.name", () => wire.Bytes(1, Encoding.UTF8.GetBytes(service)));
        KeyValue(1, "deployment.environment.name", () => wire.Bytes(1, Encoding.UTF8.GetBytes(environment)));
        wire.End(resource);
        scoped = wire.Begin(2);
        var name = wire.Begin(1);
        wire.Bytes(1, Encoding.UTF8.GetBytes(scope));
        wire.End(name);
    }

    /// <summary>Adds a span; <paramref name="attributes"/> writes its attributes.</summary>
    public void Span(
        TraceId trace, SpanId span, SpanId parent, string name, long startUnixNano, long endUnixNano, string? error,
        Action<ExportRequestWriter> attributes)
    {
        ArgumentNullException.ThrowIfNull(attributes);
        Span<byte> id = stackalloc byte[TraceId.Size];
        var start = wire.Begin(2);
        trace.Write(id);
        wire.Bytes(1, id);
        span.Write(id);
        wire.Bytes(2, id[..SpanId.Size]);
        parent.Write(id);
        if (!parent.IsEmpty) wire.Bytes(4, id[..SpanId.Size]);
        wire.Bytes(5, Encoding.UTF8.GetBytes(name));
        wire.Fixed64(7, (ulong)startUnixNano);
        wire.Fixed64(8, (ulong)endUnixNano);
        attributes(this);
        if (error is not null) Status(error);
        wire.End(start);
    }

    /// <summary>An attribute of the span being written.</summary>
    public void Attribute(string key, string value) => KeyValue(9, key, () => wire.Bytes(1, Encoding.UTF8.GetBytes(value)));

    /// <inheritdoc cref="Attribute(string, string)"/>
    public void Attribute(string key, long value) => KeyValue(9, key, () => wire.Number(3, (ulong)value));

    /// <inheritdoc cref="Attribute(string, string)"/>
    public void Attribute(string key, double value) => KeyValue(9, key, () => wire.Fixed64(4, BitConverter.DoubleToUInt64Bits(value)));

    /// <inheritdoc cref="Attribute(string, string)"/>
    public void Attribute(string key, IEnumerable<string> values) => KeyValue(9, key, () =>
    {
        var list = wire.Begin(5);
        foreach (var value in values)
        {
            var item = wire.Begin(1);
            wire.Bytes(1, Encoding.UTF8.GetBytes(value));
            wire.End(item);
        }
        wire.End(list);
    });

    /// <summary>The whole request; nothing can be added after it.</summary>
    public byte[] ToArray()
    {
        wire.End(scoped);
        wire.End(group);
        return wire.Written.ToArray();
    }

    /// <summary>Gives the buffer back.</summary>
    public void Dispose() => wire.Dispose();

    private void Status(string error)
    {
        var status = wire.Begin(15);
        wire.Bytes(2, Encoding.UTF8.GetBytes(error));
        wire.Number(3, 2);
        wire.End(status);
    }

    private void KeyValue(int field, string key, Action value)
    {
        var pair = wire.Begin(field);
        wire.Bytes(1, Encoding.UTF8.GetBytes(key));
        var any = wire.Begin(2);
        value();
        wire.End(any);
        wire.End(pair);
    }
}
