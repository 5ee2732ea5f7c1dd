using Plumbline.Otlp.Tests.Captured;
using Plumbline.Otlp.Tests.Proto;
using Plumbline.Otlp.Wire;

namespace Plumbline.Otlp.Tests.Wire;

/// <summary>The hand-written decoder against Google's generated parser, over every captured body.</summary>
public sealed class DifferentialTests
{
    public static TheoryData<string> Bodies =>
        [.. Captures.Entries.SelectMany(Captures.Bodies).Where(b => b.Signal == OtlpSignal.Traces && b.Encoding == OtlpEncoding.Protobuf && !b.File.Contains(
            "/18-pb-truncated", StringComparison.Ordinal)
            && !b.File.Contains("/20-", StringComparison.Ordinal) && !b.File.Contains("/24-", StringComparison.Ordinal)).Select(b => b.File)];

    [Theory, MemberData(nameof(Bodies))]
    public void Spans_AreThoseOfTheGeneratedParser(string file)
    {
        var body = Captures.Entries.SelectMany(Captures.Bodies).First(b => b.File == file);
        var expected = ExportTraceServiceRequest.Parser.ParseFrom(body.Bytes).ResourceSpans
            .SelectMany(r => r.ScopeSpans.SelectMany(s => s.Spans.Select(x => Expected.Of(x, s.Scope?.Name ?? "")))).ToArray();
        var sink = new Collector([]);
        ExportRequest.ReadTraces(body.Bytes, ref sink);
        Assert.Equal(expected, sink.Spans);
    }

    private readonly record struct Collector(List<Expected> Spans) : ISpanSink
    {
        public void Span(in WireSpan span, in WireOrigin origin) => Spans.Add(Expected.Of(span, origin));
    }

    private sealed record Expected(
        string TraceId, string SpanId, string Parent, string Name, ulong Start, ulong End, int Status, string StatusMessage, int Kind,
        string Scope, string Attributes, int Events, int Links)
    {
        public static Expected Of(Span s, string scope) => new(
            Convert.ToHexString(s.TraceId.Span), Convert.ToHexString(s.SpanId.Span), Convert.ToHexString(s.ParentSpanId.Span), s.Name,
            s.StartTimeUnixNano, s.EndTimeUnixNano,
            s.Status?.Code ?? 0, s.Status?.Message
                ?? "", s.Kind, scope, string.Join('|', s.Attributes.Select(a => $"{a.Key}={Text(a.Value)}")), s.Events.Count, s.Links.Count);

        public static Expected Of(in WireSpan s, in WireOrigin origin)
        {
            var attributes = new List<string>();
            foreach (var pair in s.Attributes) attributes.Add($"{Utf8(pair.Key)}={Text(pair.Value)}");
            return new(Convert.ToHexString(s.TraceId), Convert.ToHexString(s.SpanId), Convert.ToHexString(s.ParentSpanId), Utf8(s.Name), s.StartUnixNano, s.EndUnixNano, s.StatusCode,
                Utf8(s.StatusMessage), s.Kind, Utf8(origin.ScopeName), string.Join('|', attributes), Count(s.Events), Count(s.Links));
        }

        private static int Count(WireMessages messages)
        {
            var count = 0;
            foreach (var _ in messages) count++;
            return count;
        }

        private static string Utf8(ReadOnlySpan<byte> bytes) => System.Text.Encoding.UTF8.GetString(bytes);

        private static string Text(Proto.AnyValue? v) => v?.ValueCase switch
        {
            Proto.AnyValue.ValueOneofCase.StringValue => "s" + v.StringValue,
            Proto.AnyValue.ValueOneofCase.BoolValue => "b" + v.BoolValue,
            Proto.AnyValue.ValueOneofCase.IntValue => "i" + v.IntValue,
            Proto.AnyValue.ValueOneofCase.DoubleValue => "d" + BitConverter.DoubleToInt64Bits(v.DoubleValue),
            Proto.AnyValue.ValueOneofCase.BytesValue => "y" + v.BytesValue.ToBase64(),
            Proto.AnyValue.ValueOneofCase.ArrayValue => "[" + string.Join(',', v.ArrayValue.Values.Select(Text)) + "]",
            Proto.AnyValue.ValueOneofCase.KvlistValue => "{" + string.Join(',', v.KvlistValue.Values.Select(p => $"{p.Key}:{Text(p.Value)}")) + "}",
            _ => "",
        };

        private static string Text(Otlp.Wire.AnyValue v)
        {
            var items = new List<string>();
            switch (v.Kind)
            {
                case AnyKind.String: return "s" + Utf8(v.Bytes);
                case AnyKind.Bool: return "b" + v.Bool;
                case AnyKind.Int: return "i" + v.Int;
                case AnyKind.Double: return "d" + BitConverter.DoubleToInt64Bits(v.Double);
                case AnyKind.Bytes: return "y" + Convert.ToBase64String(v.Bytes);
                case AnyKind.Array:
                    foreach (var item in new AnyArray(v.Bytes)) items.Add(Text(item));
                    return "[" + string.Join(',', items) + "]";
                case AnyKind.Map:
                    foreach (var pair in KeyValues.OfMap(v.Bytes)) items.Add($"{Utf8(pair.Key)}:{Text(pair.Value)}");
                    return "{" + string.Join(',', items) + "}";
                default: return "";
            }
        }
    }
}
