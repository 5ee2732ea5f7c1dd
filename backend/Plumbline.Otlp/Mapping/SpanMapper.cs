using System.Text;
using Plumbline.Otlp.Mapping;
using Plumbline.Otlp.Wire;
using Plumbline.TraceStore;

namespace Plumbline.Otlp;

/// <summary>Turns trace requests into spans of the store. Reuse it: its buffers grow to the size of the work. One request at a time.</summary>
public sealed class SpanMapper
{
    /// <summary>Rises whenever the same attributes would be mapped to other fields; stored with every span, see <see cref="SpanRemapper"/>.</summary>
    public const int MappingVersion = 2;

    private readonly OtlpLimits limits;
    private readonly SpanBatchWriter writer;
    private readonly AttributeTable table = new();
    private readonly OriginCache origins = new();
    private readonly CallLedger calls = new();
    private readonly SpanDraft draft;
    private readonly SpanParts parts;

    public SpanMapper(OtlpLimits limits)
    {
        this.limits = limits;
        writer = new();
        draft = new(writer, new(limits));
        parts = new(limits, table, draft);
    }

    /// <summary>Maps a request.</summary>
    /// <exception cref="OtlpFormatException">The body is no OTLP request; nothing of it is taken.</exception>
    public MappedBatch MapTraces(ReadOnlySpan<byte> body, OtlpEncoding encoding, MappingSettings settings)
    {
        ArgumentNullException.ThrowIfNull(settings);
        using var opened = OtlpBody.Open(body, encoding, OtlpSignal.Traces, limits);
        origins.Reset();
        calls.Reset();
        draft.Any.Redactor = settings.Redactor;
        var sink = new Sink(opened.Wire, this, settings);
        try
        {
            ExportRequest.ReadTraces(opened.Wire, ref sink);
        }
        catch
        {
            writer.Discard();
            writer.ToBatch();
            throw;
        }
        return new(writer.ToBatch(), sink.Accepted, sink.Rejected.Count, sink.Rejected.Reasons);
    }

    /// <summary>Maps a log request. Every span of the result is a fragment that holds ids, a time and events, to be joined to its span by
    /// <see cref="LogFragments"/>.</summary>
    /// <exception cref="OtlpFormatException">The body is no OTLP request; nothing of it is taken.</exception>
    public MappedBatch MapLogs(ReadOnlySpan<byte> body, OtlpEncoding encoding, MappingSettings settings)
    {
        ArgumentNullException.ThrowIfNull(settings);
        using var opened = OtlpBody.Open(body, encoding, OtlpSignal.Logs, limits);
        return new LogMapper(limits, settings).Map(opened.Wire);
    }

    private ref struct Sink : ISpanSink
    {
        private readonly ReadOnlySpan<byte> body;
        private readonly SpanMapper owner;
        private readonly MappingSettings settings;
        private int index;

        public Sink(ReadOnlySpan<byte> body, SpanMapper owner, MappingSettings settings)
        {
            this.body = body;
            this.owner = owner;
            this.settings = settings;
            Rejected = new(owner.limits.MaxReasons);
        }

        public Rejections Rejected { get; }

        public int Accepted { get; private set; }

        public void Span(in WireSpan span, in WireOrigin origin)
        {
            if (Refusal(span, ++index, owner.limits) is { } reason)
            {
                Rejected.Add("span", index, reason);
                return;
            }
            Accepted++;
            var (draft, parts) = (owner.draft, owner.parts);
            Begin(span, origin);
            parts.Collect(body, span);
            var source = new SpanSource(body, owner.table, origin.ScopeName, span) { SdkName = owner.origins.SdkName, MaxEvents = owner.limits.MaxEvents };
            parts.WriteEvents(body, source);
            DialectList.Apply(source, draft);
            parts.WriteRest(source);
            owner.calls.Enter(source, draft);
            Finishing.Apply(draft, settings, owner.origins);
            if (draft.IsPlaceholder) owner.writer.Discard();
            else owner.writer.End();
        }

        private readonly void Begin(in WireSpan span, in WireOrigin origin)
        {
            var (writer, draft, parts) = (owner.writer, owner.draft, owner.parts);
            draft.Reset();
            owner.origins.Use(origin, draft.Any);
            writer.Begin(
                TraceId.Read(span.TraceId), SpanId.Read(span.SpanId), span.ParentSpanId.IsEmpty ? default : SpanId.Read(span.ParentSpanId), StoredKind.Span,
                span.StatusCode is 1 or 2 ? (StoredStatus)span.StatusCode : StoredStatus.Unset, Nanos(span.StartUnixNano), Nanos(span.EndUnixNano));
            if (span.StartUnixNano == 0 && settings.ReceivedUnixNano > 0)
            {
                writer.StartUnixNano = settings.ReceivedUnixNano;
                draft.Warn(ArrivalWarnings.NoStart);
            }
            parts.Text(SpanText.Name, span.Name);
            if (span.Name.IsEmpty) writer.Set(SpanText.Name, default(ReadOnlySpan<byte>));
            parts.Text(SpanText.StatusMessage, span.StatusMessage);
            parts.Text(SpanText.ScopeName, origin.ScopeName);
            if (owner.origins.ServiceName.Length > 0) writer.Set(SpanText.ServiceName, owner.origins.ServiceName);
            writer.Set(SpanText.Resource, owner.origins.Json);
            writer.Set(SpanNumber.MappingVersion, MappingVersion);
        }

        private static string? Refusal(in WireSpan span, int index, OtlpLimits limits)
        {
            if (index > limits.MaxSpans) return $"a request may hold at most {limits.MaxSpans} spans";
            if (!span.Problem.IsEmpty) return Encoding.UTF8.GetString(span.Problem).TrimEnd('.');
            if (span.TraceId.Length != TraceId.Size || !span.TraceId.ContainsAnyExcept((byte)0)) return "the trace id is not 16 bytes that are not all zero";
            if (span.SpanId.Length != SpanId.Size || !span.SpanId.ContainsAnyExcept((byte)0)) return "the span id is not 8 bytes that are not all zero";
            return span.ParentSpanId.Length is 0 or SpanId.Size ? null : "the parent span id is not 8 bytes";
        }

        private static long Nanos(ulong value) => (long)Math.Min(value, long.MaxValue);
    }
}
