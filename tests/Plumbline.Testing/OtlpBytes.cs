using System.Buffers.Binary;
using System.Text;
using System.Text.Json;

namespace Plumbline.Testing;

/// <summary>OTLP trace requests as protobuf bytes, written field by field after opentelemetry-proto, without the server's own code.</summary>
public static class OtlpBytes
{
    private const byte VarintType = 0;
    private const byte Fixed64Type = 1;
    private const byte BytesType = 2;

    /// <summary>An ExportTraceServiceRequest with one chat span for each trace id (32 hex digits).</summary>
    public static byte[] ChatSpans(DateTimeOffset start, params string[] traceIds) => ChatSpans(start, traceIds.Select(id => (id, id[..16], (string?)null)));

    /// <summary>An ExportTraceServiceRequest with chat spans (ids in hex), each with what the user said.</summary>
    public static byte[] ChatSpans(DateTimeOffset start, IEnumerable<(string TraceId, string SpanId, string? Said)> spans)
    {
        var scope = spans.SelectMany(span => Message(2, ChatSpan(span.TraceId, span.SpanId, span.Said, start)));
        var resource = Message(1, Message(1, Attribute("service.name", "shop")));
        return Message(1, [.. resource, .. Message(2, [.. scope])]);
    }

    private static byte[] ChatSpan(string traceId, string spanId, string? said, DateTimeOffset start)
    {
        var nanoseconds = (ulong)(start - DateTimeOffset.UnixEpoch).Ticks * 100;
        return
        [
            .. Message(1, Convert.FromHexString(traceId)),
            .. Message(2, Convert.FromHexString(spanId)),
            .. Message(5, Encoding.UTF8.GetBytes("chat gpt-4o-mini")),
            .. Tag(6, VarintType), 3,
            .. Fixed64(7, nanoseconds),
            .. Fixed64(8, nanoseconds + 1_500_000_000),
            .. Message(9, Attribute("gen_ai.operation.name", "chat")),
            .. Message(9, Attribute("gen_ai.request.model", "gpt-4o-mini")),
            .. Message(9, Attribute("gen_ai.provider.name", "openai")),
            .. said is null
                ? []
                : Message(
                    9,
                    Attribute(
                        "gen_ai.input.messages",
                        JsonSerializer.Serialize(new[] { new { role = "user", parts = new[] { new { type = "text", content = said } } } }))),
        ];
    }

    private static byte[] Attribute(string key, string value) =>
        [.. Message(1, Encoding.UTF8.GetBytes(key)), .. Message(2, Message(1, Encoding.UTF8.GetBytes(value)))];

    private static byte[] Message(int field, byte[] content) => [.. Tag(field, BytesType), .. Varint((uint)content.Length), .. content];

    private static byte[] Fixed64(int field, ulong value)
    {
        var bytes = new byte[8];
        BinaryPrimitives.WriteUInt64LittleEndian(bytes, value);
        return [.. Tag(field, Fixed64Type), .. bytes];
    }

    private static byte[] Tag(int field, byte type) => Varint((uint)(field << 3) | type);

    private static byte[] Varint(uint value)
    {
        var bytes = new List<byte>();
        for (; value >= 0x80; value >>= 7) bytes.Add((byte)(value | 0x80));
        bytes.Add((byte)value);
        return [.. bytes];
    }
}
