namespace Plumbline.Otlp.Wire;

/// <summary>Takes spans as they are decoded. A struct, so that the call is direct.</summary>
public interface ISpanSink
{
    void Span(in WireSpan span, in WireOrigin origin);
}

/// <summary>Takes log records as they are decoded.</summary>
public interface ILogSink
{
    void Record(in WireLogRecord record, in WireOrigin origin);
}

/// <summary>Walks an encoded <c>ExportTraceServiceRequest</c> or <c>ExportLogsServiceRequest</c>. Nothing is allocated.</summary>
public static class ExportRequest
{
    /// <summary>Hands out every span of the request, in its order.</summary>
    /// <exception cref="OtlpFormatException">The body is no such message; spans handed out before the fault must be thrown away.</exception>
    public static void ReadTraces<TSink>(ReadOnlySpan<byte> body, ref TSink sink)
        where TSink : ISpanSink, allows ref struct
    {
        foreach (var group in new WireMessages(body, Fields.Request.ResourceGroupsTag))
        {
            var resource = Resource(group);
            foreach (var scoped in new WireMessages(group, Fields.ResourceGroup.ScopeGroupsTag))
            {
                var origin = Origin(scoped, resource);
                foreach (var span in new WireMessages(scoped, Fields.ScopeGroup.RecordsTag)) sink.Span(WireSpan.Read(span), origin);
            }
        }
    }

    /// <inheritdoc cref="ReadTraces"/>
    public static void ReadLogs<TSink>(ReadOnlySpan<byte> body, ref TSink sink)
        where TSink : ILogSink, allows ref struct
    {
        foreach (var group in new WireMessages(body, Fields.Request.ResourceGroupsTag))
        {
            var resource = Resource(group);
            foreach (var scoped in new WireMessages(group, Fields.ResourceGroup.ScopeGroupsTag))
            {
                var origin = Origin(scoped, resource);
                foreach (var record in new WireMessages(scoped, Fields.ScopeGroup.RecordsTag)) sink.Record(WireLogRecord.Read(record), origin);
            }
        }
    }

    // A resource may stand after its spans.
    private static ReadOnlySpan<byte> Resource(ReadOnlySpan<byte> group)
    {
        ReadOnlySpan<byte> resource = default;
        foreach (var message in new WireMessages(group, Fields.ResourceGroup.ResourceTag)) resource = message;
        return resource;
    }

    private static WireOrigin Origin(ReadOnlySpan<byte> scoped, ReadOnlySpan<byte> resource)
    {
        ReadOnlySpan<byte> name = default, version = default;
        foreach (var scope in new WireMessages(scoped, Fields.ScopeGroup.ScopeTag))
        {
            var reader = new ProtoReader(scope);
            while (reader.Next())
            {
                if (reader.Tag == Fields.Scope.NameTag) name = reader.Bytes();
                else if (reader.Tag == Fields.Scope.VersionTag) version = reader.Bytes();
                else reader.Skip();
            }
        }
        return new(resource, name, version);
    }
}
